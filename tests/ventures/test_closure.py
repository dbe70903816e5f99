"""Waiver, closure, termination: what is refused, with its sentence."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from common.errors import IllegalMove, Invalid, NotAllowed, NotReady
from common.machine.door import move
from tests.factories import a_venture
from tests.web.desk_world import an_objection, make_desk, on_notice
from ventures import actions
from ventures.models import Venture
from ventures.notices.invariants import inquiries_and_cancelled_awards_have_their_objection
from ventures.states import State

pytestmark = pytest.mark.engines


def planted(people: SimpleNamespace, state: str, **fields: Any) -> Venture:
    return a_venture(state, organization=people.organization, **fields)


def test_a_showcase_is_waived_with_a_reason(people: SimpleNamespace) -> None:
    venture = planted(people, State.EVALUATED)
    with pytest.raises(Invalid, match="Say why the showcase is waived"):
        actions.waive_showcase(venture, by=people.clerk, reason=" ")
    with pytest.raises(NotReady, match="Not met yet: A reason is given"):
        move(venture, "waive_showcase", by=people.clerk, reason=" ")


def test_closing_waits_for_report_activities_and_money_and_names_each(people: SimpleNamespace) -> None:
    venture = planted(people, State.SHOWN)
    with pytest.raises(NotReady) as refused:
        actions.close(venture, by=people.manager)
    assert refused.value.reasons == [
        "Not met yet: The final report is accepted",
        "No activity is recorded; 12 were planned.",
        f"No agreement is registered for {venture}.",
        "Not met yet: The outcome is shown, or the showcase is waived with a reason",
    ]
    for user in (people.clerk, people.finance, people.applicant):
        with pytest.raises(NotAllowed):
            actions.close(venture, by=user)


def test_a_termination_has_a_reason_a_manager_and_a_day_that_has_come(people: SimpleNamespace) -> None:
    venture = planted(people, State.IN_DELIVERY)
    with pytest.raises(Invalid, match="Say why the venture is terminated"):
        actions.terminate(venture, by=people.manager, reason="")
    for user in (people.clerk, people.finance, people.applicant):
        with pytest.raises(NotAllowed):
            actions.terminate(venture, by=user, reason="注销")
    with pytest.raises(IllegalMove):
        actions.terminate(planted(people, State.CLOSED), by=people.manager, reason="注销")
    settling = planted(people, State.TERMINATING)
    with pytest.raises(NotReady, match="Not met yet: The termination has a date"):
        move(settling, "settle", by=people.manager, on=date(2100, 1, 1))
    assert actions.settle(settling, by=people.manager).state == State.TERMINATED


def test_an_award_is_given_up_with_a_reason_before_it_is_signed(people: SimpleNamespace) -> None:
    for state in (State.ON_NOTICE, State.AWARDED):
        venture = planted(people, state, awarded=Decimal(40000))
        with pytest.raises(Invalid, match="Say who gives the award up"):
            actions.give_up(venture, by=people.manager, reason=" ")
        for user in (people.clerk, people.finance, people.applicant):
            with pytest.raises(NotAllowed):
                actions.give_up(venture, by=user, reason="负责人离职")
        done = actions.give_up(venture, by=people.manager, reason="负责人离职，来函放弃")
        assert (done.state, done.awarded) == (State.CANCELLED, None)
        assert not list(inquiries_and_cancelled_awards_have_their_objection())
    with pytest.raises(NotReady, match="No agreement is registered.*Record that the award is given up"):
        actions.terminate(planted(people, State.AWARDED), by=people.manager, reason="注销")


def test_what_is_objected_to_is_ruled_on_before_it_is_given_up(people: SimpleNamespace) -> None:
    desk = make_desk()
    venture, notice = on_notice(desk)
    an_objection(venture, notice)
    with pytest.raises(NotReady, match="objection"):
        actions.give_up(venture, by=desk.manager, reason="放弃")
