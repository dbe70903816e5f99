"""Setting up a round: what each card refuses, what keeps the call shut."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import Role
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, NotReady, Stale
from common.machine.door import move
from common.models import CalendarDay, JournalEntry
from rounds import actions as setup
from rounds.cards import advice, all_points, open_points
from rounds.models import (
    AttachmentRule,
    BudgetRule,
    EligibilityRule,
    FormSection,
    Round,
    RubricItem,
    TrancheRule,
)
from rounds.queries import stored
from rounds.states import RoundState
from tests.factories import a_place, a_platform, a_round, a_user, moment
from tests.rounds.setting_up import GRADE, RUBRIC, SECTIONS, a_question, sections

pytestmark = pytest.mark.usefixtures("in_march", "in_english")


# --- What keeps the call shut ---


def test_a_whole_round_lacks_nothing(preparing: Round) -> None:
    assert {card: points for card, points in all_points(preparing).items() if points} == {}


SPOILED: list[tuple[str, Callable[[Round], Any], str]] = [
    ("basics", lambda r: setattr(r, "host", " "), "Name the host"),
    ("basics", lambda r: setattr(r, "contact", ""), "how to object. Fill in: Contact."),
    ("basics", lambda r: setattr(r, "address", ""), "Fill in: Address."),
    ("basics", lambda r: setattr(r, "email", ""), "Fill in: E-mail."),
    ("basics", lambda r: setattr(r, "supervision_phone", ""), "Fill in: Supervision phone."),
    ("basics", lambda r: setattr(r, "platform", a_platform(name="镇平台", tier="town")), "not a platform of the city tier"),
    ("calendar", lambda r: setattr(r, "days_to_check", True), "Check them and save this card"),
    ("calendar", lambda r: setattr(r, "closes_at", now() - timedelta(days=1)), "The call would be over already"),
    ("calendar", lambda r: setattr(r, "correction_days", 0), "with 0 working days"),
    ("calendar", lambda r: setattr(r, "closes_at", moment("2099-03-02 00:00")), "calendar of 2099 is not entered"),
    ("money", lambda r: setattr(r, "budget", Decimal(0)), "The budget of the round is not set."),
    ("money", lambda r: setattr(r, "cap", Decimal("500000.01")), "500,000.01 元, is more than the budget of the round, 500,000.00 元"),
    ("money", lambda r: setattr(r, "min_grant", Decimal(50001)), "50,001.00 元, is more than the cap"),
    ("money", lambda r: setattr(r, "quota", 0), "how many ventures"),
    ("money", lambda r: setattr(r, "grant_tiers", ["60000.00"]), "The tier 60,000.00 元 is not between"),
    ("money", lambda r: setattr(r, "min_self_raised", Decimal(100)), "100% nothing is left"),
    ("scope", lambda r: r.categories.all().delete(), "There is no category yet"),
    ("eligibility", lambda r: EligibilityRule.objects.create(round=r, ordinal=1, kind="rating"), "needs a number"),
    ("eligibility", lambda r: EligibilityRule.objects.create(round=r, ordinal=1, kind="rating", number=6), "highest rating is 5 A"),
    ("eligibility", lambda r: EligibilityRule.objects.create(round=r, ordinal=1, kind="kinds"), "names no kind"),
    ("sections", lambda r: FormSection.objects.create(round=r, slug="basic", ordinal=1), "can not be left out"),
    ("sections", lambda r: FormSection.objects.create(round=r, slug="own-1", title="其他", ordinal=1), "“其他” has no question yet"),
    ("papers", lambda r: AttachmentRule.objects.create(round=r, ordinal=1, label="登记证书"), "“Attachments” of the form is off"),
    ("papers", lambda r: FormSection.objects.create(round=r, slug="files", ordinal=1), "no paper is asked for"),
    ("checklist", lambda r: r.check_items.all().delete(), "no line yet"),
    ("rubric", lambda r: RubricItem.objects.filter(round=r, ordinal=1).update(weight=14), "add up to 99, not 100"),
    ("rubric", lambda r: setattr(r, "trim_from", 2), "from 3 scores on, not from 2"),
    ("rubric", lambda r: r.grade_bands.filter(ordinal=2).update(lowest=90), "优秀 85, 良好 90, 合格 60, 不合格 0"),
    ("rubric", lambda r: r.grade_bands.filter(ordinal=2).update(lowest=85), "The marks must fall"),
    ("rubric", lambda r: r.grade_bands.filter(ordinal=2).update(passes=False), "“合格” passes, but stands below “良好”"),
    ("rubric", lambda r: r.grade_bands.update(passes=False), "No grade passes"),
    ("rubric", lambda r: r.grade_bands.filter(ordinal=4).delete(), "Below 60 points there is no grade"),
    ("rubric", lambda r: r.grade_bands.all().delete(), "There is no grade yet"),
    ("tranches", lambda r: TrancheRule.objects.filter(round=r, ordinal=1).update(percent=51), "add up to 101 %, not 100 %"),
    ("tranches", lambda r: TrancheRule.objects.filter(round=r, ordinal=1).update(trigger="final"), "would be due before"),
    ("tranches", lambda r: setattr(r, "min_grant", Decimal("0.02")), "nothing would be paid"),
]  # fmt: skip


@pytest.mark.parametrize(("card", "spoil", "sentence"), SPOILED)
def test_what_is_open_in_a_card_keeps_the_call_shut(
    people: SimpleNamespace, preparing: Round, card: str, spoil: Callable[[Round], Any], sentence: str
) -> None:
    spoil(preparing)
    preparing.save()
    fresh = Round.objects.get(pk=preparing.pk)
    assert any(sentence in point for point in open_points(fresh, card)), open_points(fresh, card)
    with pytest.raises(NotReady) as refused:
        move(fresh, "open", by=people.clerk)
    assert any(sentence in reason for reason in refused.value.reasons)


def test_a_year_that_the_city_has_entered_is_fine(preparing: Round) -> None:
    preparing.closes_at = moment("2099-03-02 00:00")
    assert open_points(preparing, "calendar")
    days = [moment("2099-02-20 00:00").date() + timedelta(n) for n in range(60)]
    CalendarDay.objects.bulk_create(CalendarDay(day=d, is_workday=d.weekday() < 5, source="test") for d in days)
    assert not open_points(preparing, "calendar")


def test_advice_does_not_keep_the_call_shut(people: SimpleNamespace, preparing: Round) -> None:
    assert "no introduction yet" in advice(preparing, "basics")[0]
    assert move(preparing, "open", by=people.clerk).state == RoundState.OPEN


# --- Cards ---


def test_a_table_is_stored_in_its_order(people: SimpleNamespace, preparing: Round) -> None:
    setup.save_card(preparing, "rubric", by=people.clerk, facts={"pass_mark": Decimal(70)}, rows=RUBRIC[::-1])
    assert [(r.ordinal, r.label, r.weight) for r in preparing.rubric.all()] == [(1, "团队", 40), (2, "方案", 60)]
    preparing.refresh_from_db()
    assert preparing.pass_mark == 70
    entry = JournalEntry.objects.of(preparing).get(verb="set_up")
    assert entry.facts["card"] == "rubric"


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.FINANCE, Role.SUPERVISOR, Role.OPERATOR])
def test_others_set_up_nothing(preparing: Round, role: Role) -> None:
    user = a_user(role)
    given: dict[str, Any] = {
        "series": preparing.series,
        "city": "平湖市",
        "platform": preparing.platform,
        "host": "民政局",
    }
    for act in (
        lambda: setup.save_card(preparing, "rubric", by=user, rows=RUBRIC),
        lambda: setup.copy_round(preparing, by=user),
        lambda: setup.create_round(by=user, **given),
        lambda: setup.create_series(by=user, code="QQ", name="其他"),
        lambda: setup.delete_round(preparing, by=user),
        lambda: setup.amend(a_round(), by=user, text="x", changes={"contact": "1"}),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("card", "given", "field", "sentence"),
    [
        ("rubric", {"rows": [{**RUBRIC[0], "weight": 101}]}, "row-1-weight", "less than or equal to 100"),
        ("rubric", {"rows": [RUBRIC[0], RUBRIC[0]]}, "row-2-label", "“方案” stands there twice."),
        ("rubric", {"tables": {"grade_bands": [GRADE, GRADE]}}, "band-2-name", "“合格” stands there twice."),
        ("rubric", {"tables": {"grade_bands": [{**GRADE, "lowest": 101}]}}, "band-1-lowest", "less than or equal to 100"),
        ("scope", {"rows": [{"name": "类" * 41}]}, "row-1-name", "at most 40 characters"),
        ("tranches", {"rows": [{"label": "首期", "percent": 50, "trigger": "someday"}]}, "row-1-trigger", "not a valid choice"),
        ("money", {"facts": {"budget": Decimal(-1)}}, "budget", "greater than or equal to 0"),
        ("calendar", {"facts": {"closes_at": moment("2020-01-01 00:00")}}, "closes_on", "must end after it has opened"),
        ("basics", {"facts": {"state": "closed"}}, "state", "does not belong"),
        ("scope", {"rows": [{"name": f"类{n}"} for n in range(61)]}, "", "61 rows are too many; at most 60."),
        ("sections", {"rows": SECTIONS[:2]}, "", "“Budget” can not be left out."),
        ("sections", {"rows": [*SECTIONS, {"slug": "", "title": ""}]}, "row-4-title", "needs a title"),
    ],
)  # fmt: skip
def test_what_can_not_be_stored_is_refused_at_its_cell(
    people: SimpleNamespace, preparing: Round, card: str, given: Any, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        setup.save_card(preparing, card, by=people.clerk, **given)
    assert sentence in refused.value.fields[field][0]


def test_an_edition_stands_once(people: SimpleNamespace, preparing: Round) -> None:
    with pytest.raises(Invalid, match="is there already"):
        setup.save_card(preparing, "basics", by=people.clerk, facts={"edition": people.round.edition})


def test_the_second_of_two_is_told_who_was_first(people: SimpleNamespace, preparing: Round) -> None:
    base_digest = stored(preparing, "rubric").digest
    setup.save_card(preparing, "rubric", by=people.clerk, rows=RUBRIC, base_digest=base_digest)
    with pytest.raises(Stale, match=f"{people.clerk} has saved “Rubric and marks”"):
        setup.save_card(preparing, "rubric", by=people.manager, rows=RUBRIC[:1], base_digest=base_digest)
    assert preparing.rubric.count() == 2
    # Another card is nobody's concern.
    setup.save_card(
        preparing, "scope", by=people.manager, rows=[{"name": "助老"}], base_digest=stored(preparing, "scope").digest
    )


def test_saving_the_same_words_again_is_no_change(people: SimpleNamespace, preparing: Round) -> None:
    base_digest = stored(Round.objects.get(pk=preparing.pk), "money").digest
    facts = {name: getattr(preparing, name) for name in ("budget", "cap", "min_self_raised")}
    setup.save_card(preparing, "money", by=people.clerk, facts=facts, base_digest=base_digest)
    assert stored(Round.objects.get(pk=preparing.pk), "money").digest == base_digest
    before = stored(preparing, "budget")
    setup.save_card(preparing, "budget", by=people.clerk, tables=before.tables, base_digest=before.digest)
    assert stored(preparing, "budget").digest == before.digest


def test_places_limit_where_ventures_are_delivered(people: SimpleNamespace, preparing: Round) -> None:
    town, other = a_place(), a_place(code="330482102", name="新埭镇")
    village = a_place(code="330482107001", name="徐家埭村", tier="village", parent=town)
    assert {town, other, village} <= set(preparing.places_offered())
    setup.save_card(preparing, "scope", by=people.clerk, places=[town])
    assert set(preparing.places_offered()) == {town, village}


def test_budget_rules_are_replaced_not_added(people: SimpleNamespace, preparing: Round) -> None:
    rows = [
        {"heads": ["人员费用"], "max_percent": Decimal(30)},
        {"heads": ["管理费"], "max_percent": Decimal(8)},
    ]
    setup.save_card(preparing, "budget", by=people.clerk, tables={"budget_rules": rows})
    kept = BudgetRule.objects.filter(round=preparing)
    assert [(r.heads, r.max_percent) for r in kept] == [(["人员费用"], 30), (["管理费"], 8)]


# --- Sections and questions ---


def test_a_section_with_questions_is_not_switched_off(people: SimpleNamespace, preparing: Round) -> None:
    *__, own = sections(preparing, people.clerk, "补充说明")
    a_question(own, people.clerk)
    with pytest.raises(Invalid, match=r"“补充说明” has 1 question"):
        sections(preparing, people.clerk)
    assert preparing.form_sections.count() == 4


def test_sections_keep_their_questions_when_they_are_moved(people: SimpleNamespace, preparing: Round) -> None:
    *__, own = sections(preparing, people.clerk, "补充说明")
    question = a_question(own, people.clerk)
    rows = stored(preparing, "sections").rows
    setup.save_card(preparing, "sections", by=people.clerk, rows=[rows[3], *rows[:3]])
    question.refresh_from_db()
    assert (question.section.slug, question.section.ordinal) == ("own-1", 1)


CONDITIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"asked_if_value": "maybe"}, "asked_if", "“是否有场地” has no answer “maybe”."),
    ({"kind": "choice", "options": ["一"]}, "options", "at least two options"),
    ({"kind": "choice", "options": ["一", "一"]}, "options", "“一” stands there twice"),
    ({"kind": "no such kind"}, "kind", "not a valid choice"),
    ({"label": "问" * 121}, "label", "at most 120 characters"),
]


@pytest.mark.parametrize(("facts", "field", "sentence"), CONDITIONS)
def test_a_question_that_can_not_be_asked_is_refused_at_its_field(
    people: SimpleNamespace, preparing: Round, facts: dict[str, Any], field: str, sentence: str
) -> None:
    basic = sections(preparing, people.clerk)[0]
    first = a_question(basic, people.clerk)
    given = {
        "label": "场地多大",
        "kind": "number",
        "asked_if_id": first.pk,
        "asked_if_value": "yes",
        **facts,
    }
    with pytest.raises(Invalid) as refused:
        setup.add_question(preparing, by=people.clerk, section=basic, facts=given)
    assert sentence in refused.value.fields[field][0]


def test_questions_never_depend_on_each_other_in_a_circle(people: SimpleNamespace, preparing: Round) -> None:
    basic = sections(preparing, people.clerk)[0]
    first = a_question(basic, people.clerk)
    second = a_question(basic, people.clerk, "场地是否自有", asked_if_id=first.pk, asked_if_value="yes")
    for condition in (first, second):  # itself, and one that depends on it
        with pytest.raises(Invalid, match="must come before it"):
            setup.change_question(
                first, by=people.clerk, section=basic, facts={"asked_if_id": condition.pk, "asked_if_value": "yes"}
            )
    # Moved behind what depends on it: stored, told, and the call stays shut.
    setup.move_question(first, 1, by=people.clerk)
    assert "must come before it" in open_points(preparing, "questions")[0]
    with pytest.raises(Conflict, match="is asked only after an answer to this question"):
        setup.remove_question(first, by=people.clerk)
    setup.move_question(first, -1, by=people.clerk)
    assert open_points(preparing, "questions") == []


def test_an_option_that_others_depend_on_is_not_taken_away(people: SimpleNamespace, preparing: Round) -> None:
    basic = sections(preparing, people.clerk)[0]
    first = a_question(basic, people.clerk, kind="choice", options=["自有", "租用"])
    a_question(basic, people.clerk, "租金多少", kind="money", asked_if_id=first.pk, asked_if_value="租用")
    with pytest.raises(Invalid, match="“租金多少” depends on it"):
        setup.change_question(first, by=people.clerk, section=basic, facts={"options": ["自有", "借用"]})


def test_the_second_of_two_at_a_question_is_told(people: SimpleNamespace, preparing: Round) -> None:
    from rounds.queries import question_digest

    basic = sections(preparing, people.clerk)[0]
    question = a_question(basic, people.clerk)
    base_digest = question_digest(question)
    setup.change_question(
        question, by=people.clerk, section=basic, facts={"label": "有无场地"}, base_digest=base_digest
    )
    with pytest.raises(Stale, match="changed this question meanwhile"):
        setup.change_question(
            question, by=people.manager, section=basic, facts={"label": "场地"}, base_digest=base_digest
        )
