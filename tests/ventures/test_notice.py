"""Notice, objection, award: what is refused, with its sentence."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from common import clock
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from rounds.states import RoundState
from tests.factories import a_round, a_venture, moment
from tests.web.desk_world import an_objection, on_notice, proposed_round
from ventures import actions
from ventures.models import Objection
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def desk(people: SimpleNamespace) -> SimpleNamespace:
    people.platform = people.round.platform
    return people


# --- Proposing and publishing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "fits"), [("0", False), ("0.01", True), ("30000", True), ("30000.01", False)])
def test_an_amount_is_proposed_between_a_cent_and_request_and_cap(
    people: SimpleNamespace, amount: str, fits: bool
) -> None:
    venture = a_venture(State.RESERVE, round=a_round(cap=Decimal(30000)), awarded=None)
    facts: dict[str, Any] = {"score": Decimal(80), "rank": 1, "amount": Decimal(amount)}
    if fits:
        assert move(venture, "propose", by=people.manager, **facts).awarded == Decimal(amount)
    else:
        with pytest.raises(NotReady, match=r"is not between 0\.01 元 and 30,000\.00 元"):
            move(venture, "propose", by=people.manager, **facts)


def test_without_a_proposal_there_is_no_notice(desk: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="No venture is proposed for award"):
        actions.publish(a_round(RoundState.IN_REVIEW), by=desk.manager)


@pytest.mark.parametrize(
    ("opens", "closes", "days"), [("2021-08-18", "2021-08-23", 4), ("2023-04-20", "2023-04-24", 4)]
)
def test_a_notice_with_too_few_working_days_is_refused_with_both_numbers(
    desk: SimpleNamespace, opens: str, closes: str, days: int
) -> None:
    with clock.at(moment(f"{opens} 09:00")), pytest.raises(Invalid) as refused:
        actions.publish(proposed_round(desk), by=desk.manager, closes_on=moment(closes).date())
    said = f"{opens} to {closes} has {days} working days; the notice needs at least 5 working days."
    assert refused.value.fields == {"closes_on": [said]}


@pytest.mark.parametrize(("days", "closes"), [(15, "2021-09-01"), (7, "2021-08-24"), (4, "2021-08-21")])
def test_a_notice_in_calendar_days_ends_on_its_last_day_whether_that_is_worked_or_not(
    desk: SimpleNamespace, days: int, closes: str
) -> None:
    """2021-08-21 is a Saturday. The day of publication counts, as with working days."""
    calendar = {"notice_days": days, "notice_day_kind": "calendar"}
    with clock.at(moment("2021-08-18 09:00")):
        notice = actions.publish(proposed_round(desk, **calendar), by=desk.manager)
    assert (str(notice.closes_on), notice.days, notice.day_kind) == (closes, days, "calendar")
    assert notice.days_told == f"{days} calendar days"


def test_a_notice_with_too_few_calendar_days_is_refused_with_both_numbers(desk: SimpleNamespace) -> None:
    round_ = proposed_round(desk, notice_days=15, notice_day_kind="calendar")
    with clock.at(moment("2021-08-18 09:00")), pytest.raises(Invalid) as refused:
        actions.publish(round_, by=desk.manager, closes_on=moment("2021-08-31").date())
    said = "2021-08-18 to 2021-08-31 has 14 calendar days; the notice needs at least 15 calendar days."
    assert refused.value.fields == {"closes_on": [said]}


def test_a_notice_in_calendar_days_asks_no_calendar_of_working_days(desk: SimpleNamespace) -> None:
    round_ = proposed_round(desk, notice_days=15, notice_day_kind="calendar")
    with clock.at(moment("2099-01-05 09:00")):
        assert str(actions.publish(round_, by=desk.manager).closes_on) == "2099-01-19"


def test_only_the_manager_publishes(desk: SimpleNamespace) -> None:
    round_ = proposed_round(desk)
    for user in (desk.clerk, desk.finance, desk.applicant):
        with clock.at(moment("2021-08-18 09:00")), pytest.raises(NotAllowed):
            actions.publish(round_, by=user)
    assert not round_.notices.exists()


# --- Objections -------------------------------------------------------------------------------------------------------


def filed(venture: Any, notice: Any, **fields: str) -> Objection:
    return actions.file_objection(
        notice, venture=venture, **{"name": "张三", "contact": "0573-85000000", "text": "重复申报", **fields}
    )


def test_an_objection_is_filed_while_the_notice_runs_and_about_what_is_on_it(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk)
    with clock.at(now() + timedelta(days=4)), pytest.raises(Conflict, match=f"from {notice.opens_on} to"):
        filed(venture, notice)
    with pytest.raises(Invalid, match="This venture is not on this notice"):
        filed(a_venture(State.ON_NOTICE), notice)
    with pytest.raises(Invalid) as refused:
        filed(venture, notice, name=" ", contact="", text="")
    assert set(refused.value.fields) == {"name", "contact", "text"}
    assert filed(venture, notice).state == Objection.State.FILED


def test_an_objection_is_ruled_on_by_the_manager_in_order_and_with_words(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk)
    objection = an_objection(venture, notice)
    with pytest.raises(Conflict, match="The objection is “Filed”"):
        actions.dismiss_objection(objection, by=desk.manager, ruling="不成立")
    with pytest.raises(NotAllowed):
        actions.admit_objection(objection, by=desk.clerk)
    actions.admit_objection(objection, by=desk.manager)
    with pytest.raises(Conflict, match="The objection is “Admitted”"):
        actions.admit_objection(objection, by=desk.manager)
    for rule in (actions.dismiss_objection, actions.uphold_objection):
        with pytest.raises(Invalid, match="Write down the ruling and its reason"):
            rule(objection, by=desk.manager, ruling=" ")
        with pytest.raises(NotAllowed):
            rule(objection, by=desk.clerk, ruling="不成立")


def test_a_second_objection_is_not_admitted_by_who_may_not_rule(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk)
    first, second = an_objection(venture, notice), an_objection(venture, notice)
    actions.admit_objection(first, by=desk.manager)
    with pytest.raises(NotAllowed):
        actions.admit_objection(second, by=desk.clerk)


def test_the_notice_goes_on_when_the_last_of_two_objections_is_dismissed(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk)
    first, second = an_objection(venture, notice), an_objection(venture, notice)
    actions.admit_objection(first, by=desk.manager)
    actions.admit_objection(second, by=desk.manager)
    actions.dismiss_objection(first, by=desk.manager, ruling="不成立")
    venture.refresh_from_db()
    assert venture.state == State.OBJECTED
    with pytest.raises(NotReady, match=r"1 objection is open"):
        move(venture, "dismiss_objection", by=desk.manager)
    actions.dismiss_objection(second, by=desk.manager, ruling="不成立")
    venture.refresh_from_db()
    assert venture.state == State.ON_NOTICE


# --- Award ------------------------------------------------------------------------------------------------------------


def test_nothing_is_awarded_without_a_notice(people: SimpleNamespace) -> None:
    with pytest.raises(NotReady, match="There was no public notice yet"):
        actions.award(a_venture(State.ON_NOTICE), by=people.manager)


def test_nothing_is_awarded_on_the_last_day_of_the_notice_but_on_the_next(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk, days_left=0)
    with pytest.raises(NotReady, match=f"The notice runs to {notice.closes_on} 24:00"):
        actions.award(venture, by=desk.manager)
    with clock.at(now() + timedelta(days=1)):
        assert actions.award(venture, by=desk.manager).state == State.AWARDED


def test_nothing_is_awarded_over_an_open_objection(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk, days_left=-1)
    an_objection(venture, notice)
    with pytest.raises(NotReady, match=r"1 objection is open; rule on it first"):
        actions.award(venture, by=desk.manager)


def test_only_the_manager_awards(desk: SimpleNamespace) -> None:
    venture, __ = on_notice(desk, days_left=-1)
    for user in (desk.clerk, desk.finance, desk.supervisor, desk.applicant):
        with pytest.raises(NotAllowed):
            actions.award(venture, by=user)


def test_nobody_objects_to_an_award_that_is_cancelled_already(desk: SimpleNamespace) -> None:
    """Such an objection could neither be dismissed nor upheld: there is nothing left to rule on."""
    venture, notice = on_notice(desk, state=State.CANCELLED)
    with pytest.raises(Conflict, match="not on notice any more"):
        actions.file_objection(notice, venture=venture, name="张三", contact="13800138000", text="重复申报。")
    assert not Objection.objects.exists()
