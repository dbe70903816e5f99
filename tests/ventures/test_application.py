"""Applying: what is refused, with its sentence."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from common import clock
from common.clock import now, today
from common.errors import Conflict, IllegalMove, Invalid, NotAllowed, NotReady
from organizations.models import Membership
from rounds.budget.checking import Base, Line, Rule
from rounds.budget.terms import Terms
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture, an_applicant, moment
from ventures import actions
from ventures.application.actions.drafts import Locked
from ventures.application.content import digest
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


def draft(people: SimpleNamespace, **fields: Any) -> Venture:
    return a_venture(**{"round": people.round, "organization": people.organization, **fields})


def call(opens: str, closes: str, **fields: Any) -> Any:
    return a_round(opens_at=moment(opens), closes_at=moment(closes), **fields)


# --- Beginning and saving ---------------------------------------------------------------------------------------------


def test_a_draft_begins_with_the_facts_of_its_organization_and_its_title_without_marks(people: SimpleNamespace) -> None:
    title = "《乡音相伴——林埭镇新居民服务项目》"
    venture = actions.start(by=people.applicant, round=people.round, organization=people.organization, title=title)
    assert (venture.title, venture.state, venture.number) == (title[1:-1], State.DRAFT, "")
    assert (venture.leader, venture.phone) == (people.organization.legal_representative, people.organization.phone)


def test_nobody_begins_a_draft_for_a_strangers_organization(people: SimpleNamespace) -> None:
    stranger, __ = an_applicant()
    reader = a_user()
    Membership.objects.create(user=reader, organization=people.organization, part="reader")
    for user in (stranger, reader, people.finance):
        with pytest.raises(NotAllowed):
            actions.start(by=user, round=people.round, organization=people.organization, title="项目")


def test_what_staff_begin_for_an_applicant_is_marked_and_theirs_to_write(people: SimpleNamespace) -> None:
    venture = actions.start(by=people.clerk, round=people.round, organization=people.organization, title="代录项目")
    assert venture.entered_by_staff and venture.entered_by == people.clerk
    assert not draft(people).entered_by_staff
    assert actions.save_draft(venture, by=people.clerk, values={"title": "代录的项目"}).written == ["title"]
    with pytest.raises(NotAllowed):
        actions.save_draft(draft(people), by=people.clerk, values={"title": "改申报人的草稿"})


@pytest.mark.parametrize(
    ("state", "at"),
    [
        (RoundState.OPEN, "2020-05-31 23:59"),
        (RoundState.OPEN, "2020-07-01 00:01"),
        (RoundState.PREPARING, "2020-06-15"),
    ],
)
def test_a_draft_begins_only_while_the_call_is_open(people: SimpleNamespace, state: str, at: str) -> None:
    round_ = call("2020-06-01 00:00", "2020-07-01 00:00", state=state)
    with clock.at(moment(at)), pytest.raises(Conflict, match=f"The call of {round_} is not open"):
        actions.start(by=people.applicant, round=round_, organization=people.organization, title="项目")


def test_a_stranger_saves_nothing(people: SimpleNamespace) -> None:
    with pytest.raises(NotAllowed):
        actions.save_draft(draft(people), by=an_applicant()[0], values={"title": "改名"})


def test_a_submitted_application_is_not_edited(people: SimpleNamespace) -> None:
    venture = draft(people, state=State.SUBMITTED)
    with pytest.raises(Conflict, match="Submitted, awaiting screening.*can not be edited now"):
        actions.save_draft(venture, by=people.applicant, values={"title": "改名"})


def test_a_page_from_before_somebody_elses_save_overwrites_nothing(people: SimpleNamespace) -> None:
    venture = draft(people)
    read = {"summary": digest("演示文字。"), "needs": digest("演示文字。")}
    actions.save_draft(venture, by=people.applicant, values={"summary": "先存的"}, base_digests=read)
    saved = actions.save_draft(
        venture, by=people.applicant, values={"summary": "后存的", "needs": "也改了"}, base_digests=read
    )
    assert [(c.field.path, c.mine, c.theirs) for c in saved.clashes] == [("summary", "后存的", "先存的")]
    assert saved.written == ["needs"]
    venture.application.refresh_from_db()
    assert (venture.application.summary, venture.application.version) == ("先存的", 2)
    assert venture.application.touched["needs"][0] == str(people.applicant)
    chosen = actions.save_draft(
        venture,
        by=people.applicant,
        values={"summary": "后存的"},
        base_digests={"summary": saved.base_digests["summary"]},
    )
    assert chosen.written == ["summary"]


def test_a_field_that_was_not_touched_here_brings_what_somebody_else_has_written(people: SimpleNamespace) -> None:
    venture = draft(people)
    read = {"summary": digest("演示文字。")}
    actions.save_draft(venture, by=people.applicant, values={"summary": "同事写的"})
    saved = actions.save_draft(venture, by=people.applicant, values={"summary": "演示文字。"}, base_digests=read)
    assert (saved.written, saved.clashes, saved.renewed) == ([], [], {"summary": "同事写的"})


def returned(people: SimpleNamespace, **fields: str) -> Venture:
    venture = actions.submit(draft(people), by=people.applicant)
    actions.return_for_correction(venture, by=people.clerk, fields=fields)
    venture.refresh_from_db()
    return venture


def test_of_a_returned_application_only_the_pinned_fields_change(people: SimpleNamespace) -> None:
    venture = returned(people, summary="请写明人数", budget="")
    with pytest.raises(Locked, match="“Needs” is not open for correction. Open are: Summary, Budget"):
        actions.save_draft(venture, by=people.applicant, values={"summary": "改了", "needs": "也改"})
    actions.save_draft(venture, by=people.applicant, values={"summary": "改了", "needs": "演示文字。"})
    venture.application.refresh_from_db()
    assert (venture.application.summary, venture.application.needs) == ("改了", "演示文字。")


# --- Submitting -------------------------------------------------------------------------------------------------------


def test_everything_that_is_missing_is_told_at_its_field(people: SimpleNamespace) -> None:
    venture = actions.start(by=people.applicant, round=people.round, organization=people.organization, title="项目")
    with pytest.raises(Invalid) as refused:
        actions.submit(venture, by=people.applicant)
    assert set(refused.value.fields) == {
        "category", "place", "starts_on", "ends_on", "beneficiaries", "sessions_planned", "attendance_planned",
        "requested", "summary", "needs", "goals", "plan", "sustainability", "outcomes", "declared", "budget",
    }  # fmt: skip
    assert refused.value.fields["starts_on"] == ["Please fill in “Starts on”."]


def _own_line(venture: Venture) -> None:
    """100.00 元 of the 50,000.00 元 are one's own."""
    venture.budget_lines.filter(ordinal=1).update(from_grant=Decimal("44900.00"), from_own=Decimal("100.00"))
    Venture.objects.filter(pk=venture.pk).update(requested=Decimal("49900.00"), self_raised=Decimal("100.00"))


@pytest.mark.parametrize(
    ("field", "rules", "spoil", "sentence"),
    [
        ("requested", {"cap": Decimal("40000")}, None, "50,000.00 元, is above the cap of 40,000.00 元"),
        ("requested", {"min_grant": Decimal("60000"), "cap": Decimal("60000")}, None, "50,000.00 元, is below the smallest grant of 60,000.00 元"),
        ("requested", {"grant_tiers": ["30000.00", "60000.00"]}, None, "50,000.00 元, is not one of the amounts of this round: 30,000.00, 60,000.00 元"),
        (
            "self_raised",
            {"min_self_raised": Decimal(10)},
            _own_line,
            "Self-raised 100.00 元 is 0.2% of the total budget; at least 10% (5,000.00 元)",
        ),
        (
            "budget",
            {},
            lambda v: v.budget_lines.filter(head="活动费用").update(head="管理费"),
            "100.0% of the grant asked for, above the limit of 10%, 5,000.00 元. Take off 45,000.00 元. "
            "If no other line takes that up, 50,000.00 元.",
        ),
        (
            "budget",
            {},
            lambda v: v.budget_lines.filter(ordinal=1).update(unit_price=Decimal("44999.99")),
            "Budget line 1: unit price × quantity is 44,999.99 元, the amount says 45,000.00 元.",
        ),
        ("budget", {}, lambda v: v.budget_lines.filter(ordinal=2).update(detail=""), "Budget line 2: please fill in"),
        ("budget", {}, lambda v: v.budget_lines.all().delete(), "The budget needs at least one line."),
        (
            "total_budget",
            {},
            lambda v: v.budget_lines.filter(ordinal=2).delete(),
            "is 50,000.00 元, but the budget lines add up to 45,000.00 元.",
        ),
        (
            "ends_on",
            {},
            lambda v: Venture.objects.filter(pk=v.pk).update(ends_on=v.starts_on),
            "must be after the start",
        ),
        (
            "summary",
            {},
            lambda v: type(v.application).objects.update(summary="字" * 501),
            "has 501 characters; at most 500.",
        ),
        ("declared", {}, lambda v: type(v.application).objects.update(declared=False), "Please tick the declaration."),
    ],
    ids=[
        "cap", "smallest grant", "tiers", "self-raised", "management fee", "product", "empty line", "no budget", "sum", "dates", "length",
        "declaration",
    ],
)  # fmt: skip
def test_an_application_that_breaks_a_rule_is_refused_with_rule_and_number(
    people: SimpleNamespace, field: str, rules: dict[str, Any], spoil: Any, sentence: str
) -> None:
    venture = draft(people, round=a_round(**rules))
    if spoil:
        spoil(venture)
    with pytest.raises(Invalid) as refused:
        actions.submit(venture, by=people.applicant)
    assert sentence in " ".join(refused.value.fields[field])
    venture.refresh_from_db()
    assert (venture.state, venture.number) == (State.DRAFT, "")


def test_a_management_fee_of_exactly_its_limit_is_accepted(people: SimpleNamespace) -> None:
    assert actions.submit(draft(people), by=people.applicant).state == State.SUBMITTED


def test_what_was_spoilt_in_the_callers_copy_alone_does_not_count(people: SimpleNamespace) -> None:
    venture = draft(people)
    venture.requested = Decimal(1)
    assert actions.submit(venture, by=people.applicant).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("state", "at", "sentence"),
    [
        (RoundState.OPEN, "2020-05-31 23:59", "The call opens on 2020-06-01 00:00."),
        (RoundState.OPEN, "2020-07-01 00:01", "The call closed on 2020-06-30 24:00"),
        (RoundState.PREPARING, "2020-06-15 12:00", "is not open."),
        (RoundState.CALL_CLOSED, "2020-06-15 12:00", "is not open."),
    ],
)
def test_nothing_is_submitted_outside_the_call(people: SimpleNamespace, state: str, at: str, sentence: str) -> None:
    venture = draft(people, round=call("2020-06-01 00:00", "2020-07-01 00:00", state=state))
    with clock.at(moment(at)), pytest.raises(NotReady) as refused:
        actions.submit(venture, by=people.applicant)
    assert sentence in str(refused.value)
    venture.refresh_from_db()
    assert (venture.state, venture.number) == (State.DRAFT, "")


def test_an_organization_submits_as_many_as_the_round_allows_and_not_one_more(people: SimpleNamespace) -> None:
    round_ = a_round(max_per_organization=2)
    one, two, three = (draft(people, round=round_) for __ in range(3))
    actions.submit(one, by=people.applicant)
    actions.submit(two, by=people.applicant)
    with pytest.raises(NotReady, match=f"{round_} allows 2 per organization; yours has submitted 2 already"):
        actions.submit(three, by=people.applicant)
    actions.withdraw(one, by=people.applicant)
    assert actions.submit(three, by=people.applicant).state == State.SUBMITTED


def test_nobody_submits_or_withdraws_for_somebody_else(people: SimpleNamespace) -> None:
    venture, other = draft(people), draft(people, state=State.SUBMITTED)
    for user in (an_applicant()[0], people.clerk, people.manager):
        with pytest.raises(NotAllowed):
            actions.submit(venture, by=user)
        with pytest.raises(NotAllowed):
            actions.withdraw(other, by=user)


def test_what_was_submitted_is_not_submitted_again(people: SimpleNamespace) -> None:
    with pytest.raises(IllegalMove, match="Submitted, awaiting screening"):
        actions.submit(draft(people, state=State.SUBMITTED), by=people.applicant)


# --- Withdrawing, correcting, lapsing ---------------------------------------------------------------------------------


def test_after_the_deadline_nothing_is_withdrawn(people: SimpleNamespace) -> None:
    venture = draft(people, round=call("2020-06-01 00:00", "2020-07-01 00:00"), state=State.SUBMITTED)
    with clock.at(moment("2020-07-01 00:01")), pytest.raises(NotReady, match="closed on 2020-06-30 24:00.*too late"):
        actions.withdraw(venture, by=people.applicant)


def test_a_correction_is_accepted_on_its_last_day_and_not_on_the_next(people: SimpleNamespace) -> None:
    due = today()
    venture = draft(people, state=State.RETURNED, correction_due_on=due)
    with clock.at(now() + timedelta(days=1)), pytest.raises(NotReady, match=f"The correction was due on {due}"):
        actions.resubmit(venture, by=people.applicant)
    assert actions.resubmit(venture, by=people.applicant).state == State.SUBMITTED


def test_an_incomplete_correction_is_refused_at_the_field_though_the_call_is_over(people: SimpleNamespace) -> None:
    round_ = call("2020-06-01 00:00", "2020-07-01 00:00", state=RoundState.CALL_CLOSED)
    venture = draft(people, round=round_, state=State.RETURNED, correction_due_on=date(2020, 7, 10), phone="")
    with clock.at(moment("2020-07-05 09:00")), pytest.raises(Invalid) as refused:
        actions.resubmit(venture, by=people.applicant)
    assert list(refused.value.fields) == ["phone"]


def test_drafts_lapse_after_the_deadline_and_not_before(people: SimpleNamespace) -> None:
    round_ = call("2020-06-01 00:00", "2020-07-01 00:00")
    for __ in range(2):
        draft(people, round=round_)
    with clock.at(moment("2020-06-30 23:59")), pytest.raises(NotReady, match="open until 2020-06-30 24:00"):
        actions.lapse_drafts(round_, by=people.clerk)
    with clock.at(moment("2020-07-01 00:01")):
        assert actions.lapse_drafts(round_, by=people.clerk) == 2


@pytest.mark.parametrize(
    ("spent", "limit", "told"),
    [
        ("5200", "10", "占申请资助金额 10.4%，超过上限 10%（5,000.00 元），请调减 200.00 元。调减部分如不列入其他支出，则须调减 222.23 元以上。"),
        # One cent above does not read like the limit itself.
        ("5000.01", "10", "占申请资助金额 10.00002%，超过上限 10%（5,000.00 元），请调减 0.01 元。调减部分如不列入其他支出，则须调减 0.02 元以上。"),
        ("5200", "0", "占申请资助金额 10.4%，超过上限 0%（0.00 元），请调减 5,200.00 元。"),
        ("5000", "10", None),
        ("5000", "100", None),
    ],
)  # fmt: skip
def test_a_share_above_its_limit_is_told_with_what_is_enough(spent: str, limit: str, told: str | None) -> None:
    rule = Rule("管理费", frozenset({"管理费"}), Base.GRANT, max_percent=Decimal(limit))
    fee, rest = Decimal(spent), 50000 - Decimal(spent)
    lines = [Line("管理费", Decimal(1), fee, fee), Line("活动费用", Decimal(1), rest, rest)]
    with translation.override("zh-hans"):
        said = Terms(("活动费用", "管理费"), (rule,)).problems(lines)
    assert said == ([f"“管理费”{fee:,.2f} 元，{told}"] if told else [])
