"""Activities, reports, evaluation: what is refused, with its sentence."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from common.clock import now, today
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from delivery import actions as delivery
from delivery.models import Report
from tests.factories import a_venture, an_applicant
from tests.web.desk_world import hand_in
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.engines]

ACTIVITY: dict[str, Any] = {"topic": "乡音课堂", "attendance": 30}


def planted(people: SimpleNamespace, state: str, **fields: Any) -> Venture:
    return a_venture(state, organization=people.organization, **fields)


def test_an_activity_is_recorded_by_its_organization_in_delivery_after_it_happened(people: SimpleNamespace) -> None:
    venture = planted(people, State.IN_DELIVERY)
    with pytest.raises(NotAllowed):
        delivery.record_activity(venture, by=an_applicant()[0], held_on=today(), **ACTIVITY)
    with pytest.raises(Conflict, match="while the venture is in delivery"):
        delivery.record_activity(planted(people, State.AWARDED), by=people.applicant, held_on=today(), **ACTIVITY)
    tomorrow = today() + timedelta(1)
    with pytest.raises(Invalid, match=f"{tomorrow} is in the future"):
        delivery.record_activity(venture, by=people.applicant, held_on=tomorrow, **ACTIVITY)
    assert delivery.record_activity(venture, by=people.applicant, held_on=today(), **ACTIVITY).attendance == 30


def test_a_report_says_what_was_done(people: SimpleNamespace) -> None:
    venture = planted(people, State.IN_DELIVERY)
    for hand_in_ in (delivery.hand_in_midterm, delivery.hand_in_final):
        with pytest.raises(Invalid, match="what was planned and what was done"):
            hand_in_(venture, by=people.applicant, progress=" ")
    assert not Report.objects.exists()


def test_a_report_is_handed_in_by_its_organization(people: SimpleNamespace) -> None:
    with pytest.raises(NotAllowed):
        delivery.hand_in_midterm(planted(people, State.IN_DELIVERY), by=an_applicant()[0], progress="已办 6 场")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("state", "verb", "label"),
    [
        (State.IN_DELIVERY, "report_midterm", "The mid-term report is handed in"),
        (State.RECTIFYING, "report_rectification", "The mid-term report is handed in"),
        (State.IN_DELIVERY, "report_final", "The final report is handed in"),
    ],
)
def test_nothing_is_evaluated_without_its_report(people: SimpleNamespace, state: str, verb: str, label: str) -> None:
    with pytest.raises(NotReady, match=f"Not met yet: {label}"):
        move(planted(people, state), verb, by=people.applicant)


def test_the_final_report_comes_after_the_mid_term(people: SimpleNamespace) -> None:
    with pytest.raises(NotReady, match="Not met yet: The mid-term is passed"):
        delivery.hand_in_final(planted(people, State.IN_DELIVERY), by=people.applicant, progress="已办 12 场")


def test_a_mid_term_is_passed_once(people: SimpleNamespace) -> None:
    venture = planted(people, State.IN_DELIVERY, midterm_passed_at=now())
    with pytest.raises(NotReady, match="Not met yet: The mid-term is not passed yet"):
        delivery.hand_in_midterm(venture, by=people.applicant, progress="已办 6 场")


def test_a_rectification_needs_words_and_the_office(people: SimpleNamespace) -> None:
    venture = planted(people, State.MID_TERM)
    hand_in(venture, Report.Kind.MID_TERM)
    with pytest.raises(Invalid, match="Say what must be put right"):
        delivery.fail_midterm(venture, by=people.clerk, assessment="")
    for user in (people.applicant, people.finance):
        with pytest.raises(NotAllowed):
            delivery.fail_midterm(venture, by=user, assessment="补材料")
        with pytest.raises(NotAllowed):
            delivery.pass_midterm(venture, by=user)


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_a_final_score_lies_between_0_and_100(people: SimpleNamespace, score: str) -> None:
    with pytest.raises(Invalid, match=f"{score} is not between 0 and 100"):
        delivery.pass_final(planted(people, State.IN_EVALUATION), by=people.clerk, score=Decimal(score))


def test_the_pass_mark_passes_and_a_hundredth_less_does_not(people: SimpleNamespace) -> None:
    venture = planted(people, State.IN_EVALUATION)
    hand_in(venture, Report.Kind.FINAL)
    with pytest.raises(NotReady, match=r"59\.99 is below the pass mark 60"):
        delivery.pass_final(venture, by=people.clerk, score=Decimal("59.99"))
    assert delivery.pass_final(venture, by=people.clerk, score=Decimal("60")).grade == "合格"
