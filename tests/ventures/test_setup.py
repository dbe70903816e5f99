"""Setting up a round: what each card refuses, what keeps the call shut, copying, freezing and amending."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Notification, Role
from common import outbox
from common.clock import at, now
from common.door import move
from common.errors import Conflict, Invalid, NotAllowed, NotReady, Stale
from common.models import CalendarDay, JournalEntry, OutboxMessage
from tests.factories import a_place, a_platform, a_round, a_user, a_venture, an_applicant, moment
from ventures.actions import setup
from ventures.actions.setup import amending
from ventures.models import (
    Amendment,
    AttachmentRule,
    BudgetRule,
    EligibilityRule,
    FormSection,
    Question,
    Round,
    RubricItem,
    TrancheRule,
)
from ventures.queries.setup import TABLES, stored
from ventures.readiness import CARDS, advice, all_points, open_points
from ventures.states import RoundState, State

MARCH = moment("2026-03-02 09:00")
SECTIONS = [{"slug": slug, "title": "", "guidance": "", "required": False} for slug in ("basic", "words", "budget")]
RUBRIC = [
    {"label": "方案", "weight": 60, "guidance": "", "tie_break": 1},
    {"label": "团队", "weight": 40, "guidance": "", "tie_break": None},
]


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    """A day whose working-day calendar is published, whenever the tests run."""
    with at(MARCH):
        yield


@pytest.fixture
def preparing(people: SimpleNamespace) -> Round:
    return a_round(RoundState.PREPARING)


def sections(round_: Round, by: Any, *own: str) -> list[FormSection]:
    rows: list[dict[str, Any]] = [
        *SECTIONS,
        *({"slug": "", "title": title, "guidance": "", "required": False} for title in own),
    ]
    setup.save_card(round_, "sections", by=by, rows=rows)
    return list(round_.form_sections.all())


def a_question(section: FormSection, by: Any, label: str = "是否有场地", **facts: Any) -> Question:
    given = {"kind": Question.Kind.YES_NO, "label": label, **facts}
    return setup.add_question(section.round, by=by, section=section, facts=given)


# --- What keeps the call shut ---


def test_a_whole_round_lacks_nothing(preparing: Round) -> None:
    assert {card: points for card, points in all_points(preparing).items() if points} == {}


SPOILED: list[tuple[str, Callable[[Round], Any], str]] = [
    ("basics", lambda r: setattr(r, "host", " "), "Name the host"),
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
    ("rubric", lambda r: setattr(r, "good_from", Decimal(90)), "优秀 85, 良好 90, 合格 60"),
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
    assert "name a contact" in advice(preparing, "basics")[0]
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
    seen = stored(preparing, "rubric").digest
    setup.save_card(preparing, "rubric", by=people.clerk, rows=RUBRIC, seen=seen)
    with pytest.raises(Stale, match=f"{people.clerk} has saved “Rubric and marks”"):
        setup.save_card(preparing, "rubric", by=people.manager, rows=RUBRIC[:1], seen=seen)
    assert preparing.rubric.count() == 2
    # Another card is nobody's concern.
    setup.save_card(
        preparing, "scope", by=people.manager, rows=[{"name": "助老"}], seen=stored(preparing, "scope").digest
    )


def test_saving_the_same_words_again_is_no_change(people: SimpleNamespace, preparing: Round) -> None:
    seen = stored(Round.objects.get(pk=preparing.pk), "money").digest
    facts = {name: getattr(preparing, name) for name in ("budget", "cap", "min_self_raised")}
    rules = [{"category": r.category, "max_percent": r.max_percent} for r in preparing.budget_rules.all()]
    setup.save_card(preparing, "money", by=people.clerk, facts=facts, rows=rules, seen=seen)
    assert stored(Round.objects.get(pk=preparing.pk), "money").digest == seen


def test_places_limit_where_ventures_are_delivered(people: SimpleNamespace, preparing: Round) -> None:
    town, other = a_place(), a_place(code="330482102", name="新埭镇")
    village = a_place(code="330482107001", name="徐家埭村", tier="village", parent=town)
    assert {town, other, village} <= set(preparing.places_offered())
    setup.save_card(preparing, "scope", by=people.clerk, places=[town])
    assert set(preparing.places_offered()) == {town, village}


# --- Sections and questions ---


def test_a_section_with_questions_is_not_switched_off(people: SimpleNamespace, preparing: Round) -> None:
    *__, own = sections(preparing, people.clerk, "补充说明")
    a_question(own, people.clerk)
    with pytest.raises(Invalid, match=r"“补充说明” has 1 question\(s\)"):
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
    ({"kind": Question.Kind.CHOICE, "options": ["一"]}, "options", "at least two options"),
    ({"kind": Question.Kind.CHOICE, "options": ["一", "一"]}, "options", "“一” stands there twice"),
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
        "kind": Question.Kind.NUMBER,
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
    first = a_question(basic, people.clerk, kind=Question.Kind.CHOICE, options=["自有", "租用"])
    a_question(basic, people.clerk, "租金多少", kind="money", asked_if_id=first.pk, asked_if_value="租用")
    with pytest.raises(Invalid, match="“租金多少” depends on it"):
        setup.change_question(first, by=people.clerk, section=basic, facts={"options": ["自有", "借用"]})


def test_the_second_of_two_at_a_question_is_told(people: SimpleNamespace, preparing: Round) -> None:
    from ventures.queries.setup import question_digest

    basic = sections(preparing, people.clerk)[0]
    question = a_question(basic, people.clerk)
    seen = question_digest(question)
    setup.change_question(question, by=people.clerk, section=basic, facts={"label": "有无场地"}, seen=seen)
    with pytest.raises(Stale, match="changed this question meanwhile"):
        setup.change_question(question, by=people.manager, section=basic, facts={"label": "场地"}, seen=seen)


# --- Making, copying, deleting ---


def test_a_round_from_nothing_is_the_next_edition_and_complains_about_itself(people: SimpleNamespace) -> None:
    series = setup.create_series(by=people.clerk, code=" ｇｙ ", name="公益创投")
    assert series.code == "GY"
    given: dict[str, Any] = {"series": series, "city": "平湖市", "platform": a_platform(), "host": "平湖市民政局"}
    first = setup.create_round(by=people.clerk, **given)
    second = setup.create_round(by=people.clerk, **given)
    assert (first.edition, second.edition) == (1, 2)
    found = all_points(second)
    assert {card for card in CARDS if not found[card]} == {"basics", "eligibility", "sections", "questions", "papers"}
    with pytest.raises(Invalid, match="is there already"):
        setup.create_round(by=people.clerk, **given, edition=2)
    with pytest.raises(Invalid, match="“GY” is there already"):
        setup.create_series(by=people.clerk, code="gy", name="另一个")


def _full(people: SimpleNamespace) -> Round:
    """A round with something of everything."""
    round_ = a_round(
        RoundState.PREPARING, is_demo=True, contact="0573-85000000", co_organizer="平湖市团市委", min_grant=Decimal(1000),
        grant_tiers=["10000.00", "30000.00"], sealed=True, stamp_required=True,
        opens_at=moment("2026-03-16 09:00"), closes_at=moment("2026-04-16 00:00"),
    )  # fmt: skip
    round_.places.add(a_place())
    first, *__, own = sections(round_, people.clerk, "场地")
    choice = a_question(first, people.clerk, kind=Question.Kind.CHOICE, options=["自有", "租用"])
    a_question(own, people.clerk, "租金", kind=Question.Kind.MONEY, asked_if_id=choice.pk, asked_if_value="租用")
    AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True, max_files=2)
    EligibilityRule.objects.create(round=round_, ordinal=1, kind="kinds", options=["51", "52"], effect="block")
    return round_


def test_a_copy_has_everything(people: SimpleNamespace) -> None:
    source = _full(people)
    new = setup.copy_round(source, by=people.clerk)
    new.refresh_from_db()
    assert (new.edition, new.state, new.copied_from) == (source.edition + 1, RoundState.PREPARING, source)
    assert new.is_demo
    for card in CARDS:
        if card in {"basics", "calendar"}:
            continue
        assert stored(new, card) == stored(source, card), card
    ours = Question.objects.get(section__round=new, asked_if__isnull=False)
    assert ours.asked_if is not None
    assert (ours.asked_if.section.round, ours.asked_if_value) == (new, "租用")
    same = ("platform", "city", "host", "organizer", "co_organizer", "contact", "introduction", "notice_days")
    assert [getattr(new, n) for n in same] == [getattr(source, n) for n in same]
    kept = {f.name for f in Round._meta.concrete_fields} - {
        "id", "edition", "year", "opens_at", "closes_at", "days_to_check", "copied_from", "created_at"
    }  # fmt: skip
    assert {n for n in kept if getattr(new, n) != getattr(source, n)} == set()


def test_the_days_of_a_copy_are_working_days_ahead_and_marked(people: SimpleNamespace) -> None:
    source = a_round(RoundState.CLOSED, opens_at=moment("2020-03-16 09:00"), closes_at=moment("2020-04-16 00:00"))
    new = setup.copy_round(source, by=people.clerk)
    assert (new.opens_at, new.closes_at) == (moment("2026-03-16 09:00"), moment("2026-04-16 00:00"))
    # 2021-03-16 … 2025 are over; a source of this spring goes to the next year, the 18th being a Thursday.
    later = setup.copy_round(new, by=people.clerk)
    assert (later.opens_at, later.closes_at) == (moment("2027-03-16 09:00"), moment("2027-04-16 00:00"))
    assert "Check them" in open_points(later, "calendar")[0]
    window = {"opens_at": later.opens_at, "closes_at": later.closes_at}
    setup.save_card(later, "calendar", by=people.clerk, facts=window)
    later.refresh_from_db()
    assert not later.days_to_check


def test_a_call_that_would_end_on_a_holiday_ends_on_the_next_working_day(people: SimpleNamespace) -> None:
    # 2026-05-01 is a holiday through the 5th; 2026-03-15 is a Sunday.
    source = a_round(RoundState.CLOSED, opens_at=moment("2025-03-15 08:30"), closes_at=moment("2025-05-02 00:00"))
    new = setup.copy_round(source, by=people.clerk)
    assert (new.opens_at, new.closes_at) == (moment("2026-03-16 08:30"), moment("2026-05-07 00:00"))


def test_a_copy_of_the_29th_of_february_opens_in_february(people: SimpleNamespace) -> None:
    source = a_round(RoundState.CLOSED, opens_at=moment("2028-02-29 09:00"), closes_at=moment("2028-03-31 00:00"))
    assert setup.copy_round(source, by=people.clerk).opens_at == moment("2029-02-28 09:00")


def test_a_real_round_is_made_of_a_demonstration_by_unticking(people: SimpleNamespace) -> None:
    assert not setup.copy_round(_full(people), by=people.clerk, is_demo=False).is_demo


def test_a_round_in_preparation_is_deleted_with_its_rules(people: SimpleNamespace) -> None:
    round_ = _full(people)
    pk = round_.pk
    setup.delete_round(round_, by=people.clerk)
    assert not Round.objects.filter(pk=pk).exists() and not Question.objects.exists()
    assert JournalEntry.objects.filter(subject_id=pk, verb="delete_round").exists()


def test_a_round_with_ventures_is_not_deleted(people: SimpleNamespace, preparing: Round) -> None:
    a_venture(round=preparing)
    with pytest.raises(Conflict, match=r"has 1 venture\(s\)"):
        setup.delete_round(preparing, by=people.clerk)


# --- Frozen ---


def test_nothing_is_set_up_once_the_call_has_opened(people: SimpleNamespace) -> None:
    round_ = _full(people)
    question = Question.objects.filter(section__round=round_).first()
    assert question is not None
    AttachmentRule.objects.filter(round=round_).delete()
    move(round_, "open", by=people.clerk)
    before = {card: stored(round_, card) for card in CARDS}
    for act in (
        *(lambda card=card: setup.save_card(round_, card, by=people.manager, rows=[]) for card in TABLES),
        lambda: setup.save_card(round_, "money", by=people.manager, facts={"cap": Decimal(1)}),
        lambda: setup.add_question(
            round_, by=people.clerk, section=question.section, facts={"label": "?", "kind": "text"}
        ),
        lambda: setup.change_question(question, by=people.clerk, section=question.section, facts={"label": "?"}),
        lambda: setup.remove_question(question, by=people.clerk),
        lambda: setup.move_question(question, 1, by=people.clerk),
        lambda: setup.delete_round(round_, by=people.clerk),
    ):
        with pytest.raises(Conflict, match="its rules are frozen"):
            act()
    assert {card: stored(Round.objects.get(pk=round_.pk), card) for card in CARDS} == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_edit_beside_the_opening_waits_and_is_refused() -> None:
    """Without the lock the edit reads "preparing" while the opening is on its way, and changes an open round."""
    clerk, manager = a_user(Role.CLERK), a_user(Role.MANAGER)
    round_ = a_round(RoundState.PREPARING)
    opened, done = Event(), Event()

    def open_slowly() -> None:
        try:
            with at(MARCH), transaction.atomic():
                move(Round.objects.get(pk=round_.pk), "open", by=manager)
                opened.set()
                done.wait(timeout=2)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_slowly)
        assert opened.wait(timeout=10)
        with pytest.raises(Conflict, match="frozen"):
            setup.save_card(Round.objects.get(pk=round_.pk), "rubric", by=clerk, rows=RUBRIC)
        done.set()
        opening.result()
    assert round_.rubric.count() == 8


# --- Amendments ---


def test_an_amendment_is_published_journalled_and_told(people: SimpleNamespace) -> None:
    a_venture(State.SUBMITTED, round=people.round, organization=people.organization)
    other, organization = an_applicant()
    a_venture(State.DRAFT, round=people.round, organization=organization)
    outsider, __ = an_applicant()
    later = people.round.closes_at + timedelta(days=7)
    before = people.round.closes_at
    given = setup.amend(
        people.round, by=people.manager, text="暴雨停课,延长一周。", changes={"closes_at": later, "contact": ""}
    )
    people.round.refresh_from_db()
    assert people.round.closes_at == later
    assert (given.ordinal, given.by_name) == (1, str(people.manager))
    assert [c["label"] for c in given.changes] == ["征集截止"]
    assert given.changes[0]["before"].startswith(f"{before.astimezone():%Y}")
    assert JournalEntry.objects.of(people.round).get(verb="amend_round").words == "暴雨停课,延长一周。"
    sent = OutboxMessage.objects.filter(kind="notify")
    assert {m.payload["user"] for m in sent} == {people.applicant.pk, other.pk}
    assert outsider.pk not in {m.payload["user"] for m in sent}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"closes_at": MARCH + timedelta(days=1)}, "closes_at", "can only be put later"),
        ({"budget": Decimal(499999)}, "budget", "can only be raised"),
        ({"quota": 9}, "quota", "can only be raised; it is 10 now"),
        ({"notice_days": 4}, "notice_days", "can only be raised"),
        ({"correction_days": 4}, "correction_days", "can only be raised"),
    ],
)
def test_an_amendment_never_takes_away(people: SimpleNamespace, changes: Any, field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        setup.amend(people.round, by=people.manager, text="理由", changes=changes)
    assert sentence in refused.value.fields[field][0]
    assert not Amendment.objects.exists()


def test_a_deadline_is_not_put_into_a_year_without_a_calendar(people: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="calendar of 2098 is not entered"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"closes_at": moment("2099-01-01 00:00")})


def test_a_town_that_was_offered_stays(people: SimpleNamespace) -> None:
    town, other = a_place(), a_place(code="330482102", name="新埭镇")
    with pytest.raises(Invalid, match="Every town is open already"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"places": [town]})
    people.round.places.add(town)
    with pytest.raises(Invalid, match="A town that was offered stays: 林埭镇"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"places": [other]})
    made = setup.amend(people.round, by=people.manager, text="理由", changes={"places": [town, other]})
    assert made.changes[0]["after"] == "新埭镇、林埭镇" or made.changes[0]["after"] == "林埭镇、新埭镇"


def test_what_is_amended_depends_on_where_the_round_is(people: SimpleNamespace) -> None:
    in_delivery = a_round(RoundState.IN_DELIVERY)
    with pytest.raises(Conflict, match="can not be amended while the round is"):
        setup.amend(in_delivery, by=people.manager, text="理由", changes={"budget": Decimal(900000)})
    assert setup.amend(in_delivery, by=people.manager, text="换电话。", changes={"contact": "85000001"}).ordinal == 1
    for state in (RoundState.PREPARING, RoundState.CLOSED):
        with pytest.raises(Conflict, match="nothing to amend"):
            setup.amend(a_round(state), by=people.manager, text="理由", changes={"contact": "1"})
    with pytest.raises(Conflict):
        setup.amend(people.round, by=people.manager, text="理由", changes={"cap": Decimal(99999)})


def test_an_amendment_needs_a_reason_and_a_change(people: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="Say what changes and why"):
        setup.amend(people.round, by=people.manager, text="  ", changes={"quota": 11})
    with pytest.raises(Invalid, match="Nothing is different"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"quota": 10})


def test_the_second_of_two_who_amend_is_told(people: SimpleNamespace) -> None:
    seen = amending.amendable_digest(people.round)
    setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11}, seen=seen)
    with pytest.raises(Stale, match="has amended the round meanwhile"):
        setup.amend(people.round, by=people.manager, text="再增。", changes={"quota": 12}, seen=seen)


def test_a_published_amendment_stays_as_it_is(people: SimpleNamespace) -> None:
    made = setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11})
    for spoil in (lambda: Amendment.objects.filter(pk=made.pk).update(text="改了"), lambda: made.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            spoil()


def test_applicants_find_the_amendment_in_their_messages(people: SimpleNamespace) -> None:
    a_venture(State.DRAFT, round=people.round, organization=people.organization)
    setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11})
    outbox.drain()
    message = Notification.objects.get(user=people.applicant)
    assert "增加名额" in message.text and message.url == f"/rounds/{people.round.pk}/#amendments"


def test_budget_rules_are_replaced_not_added(people: SimpleNamespace, preparing: Round) -> None:
    rows = [
        {"category": "personnel", "max_percent": Decimal(30)},
        {"category": "management", "max_percent": Decimal(8)},
    ]
    setup.save_card(preparing, "money", by=people.clerk, rows=rows)
    kept = BudgetRule.objects.filter(round=preparing).values_list("category", "max_percent")
    assert set(kept) == {("personnel", 30), ("management", 8)}
