"""Waiver, closure, termination: what is refused, with its sentence."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from common.errors import IllegalMove, Invalid, NotAllowed, NotReady
from common.machine.door import move
from tests.factories import a_venture
from ventures import actions
from ventures.models import Venture
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
