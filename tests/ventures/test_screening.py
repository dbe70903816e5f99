"""Screening: what is refused, with its sentence."""

from datetime import date
from types import SimpleNamespace

import pytest

from common import clock
from common.errors import Conflict, IllegalMove, Invalid, NotAllowed, NotReady
from common.models import JournalEntry
from tests.factories import CHECKS, a_round, a_venture, answer_all_checks, moment
from ventures import actions
from ventures.states import State


def test_only_clerks_and_managers_answer_the_checklist(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    for user in (people.applicant, people.finance, people.supervisor):
        with pytest.raises(NotAllowed):
            actions.answer_check(venture, by=user, answers={})


def test_the_checklist_of_a_decided_application_does_not_change(people: SimpleNamespace) -> None:
    venture = a_venture(State.ELIGIBLE)
    with pytest.raises(Conflict, match="Eligible, awaiting review.*can not be changed any more"):
        actions.answer_check(venture, by=people.clerk, answers={})


def test_an_unmet_or_unanswered_line_refuses_the_acceptance_and_is_named(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    with pytest.raises(NotReady, match="、".join(CHECKS)):
        actions.accept(venture, by=people.clerk)
    first, second, third = venture.round.check_items.all()
    given = {first.pk: (True, "证书"), second.pk: (False, "未年检"), third.pk: (True, "已查")}
    actions.answer_check(venture, by=people.clerk, answers=given)
    with pytest.raises(NotReady) as refused:
        actions.accept(venture, by=people.clerk)
    assert refused.value.reasons == [f"Not met or not answered: {second.label}."]
    actions.answer_check(venture, by=people.clerk, answers={second.pk: (True, "已补检")})
    assert actions.accept(venture, by=people.clerk).state == State.ELIGIBLE


def test_a_return_and_a_refusal_need_their_reason(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    with pytest.raises(Invalid, match="Say what is to be corrected"):
        actions.return_for_correction(venture, by=people.clerk, reason="  ")
    with pytest.raises(Invalid, match="Say why the application is refused"):
        actions.refuse(venture, by=people.clerk, reason="")


def test_a_correction_is_due_after_the_rounds_working_days_and_returned_as_often_as_it_allows(
    people: SimpleNamespace,
) -> None:
    venture = a_venture(State.SUBMITTED, round=a_round(correction_days=5, max_corrections=1))
    with clock.at(moment("2020-06-23 09:00")):  # the dragon boat festival is 06-25 to 06-27, and Sunday 06-28 is worked
        actions.return_for_correction(venture, by=people.clerk, reason="缺章")
    assert venture.correction_due_on == date(2020, 7, 1)
    venture = a_venture(State.SUBMITTED, corrections=1)
    with pytest.raises(NotReady, match=r"It was returned 1 time\(s\); the round allows 1\."):
        actions.return_for_correction(venture, by=people.clerk, reason="还缺章")


def test_an_overdue_correction_is_refused_by_the_clock_the_day_after(people: SimpleNamespace) -> None:
    venture = a_venture(State.RETURNED, round=people.round, correction_due_on=date(2020, 7, 1))
    with clock.at(moment("2020-07-01 23:59")):
        assert actions.refuse_overdue(people.round) == 0
    with clock.at(moment("2020-07-02 00:01")):
        assert actions.refuse_overdue(people.round) == 1
    entry = JournalEntry.objects.of(venture).get()
    assert (entry.verb, entry.by_name) == ("refuse", "System") and "2020-07-01" in entry.words


def test_screening_is_for_the_office_and_for_what_is_submitted(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    answer_all_checks(venture)
    for user in (people.applicant, people.finance, people.supervisor):
        with pytest.raises(NotAllowed):
            actions.accept(venture, by=user)
        with pytest.raises(NotAllowed):
            actions.refuse(venture, by=user, reason="不符")
        with pytest.raises(NotAllowed):
            actions.return_for_correction(venture, by=user, reason="补正")
    with pytest.raises(IllegalMove, match="“Accept the application” is not possible while .* is “Closed”"):
        actions.accept(a_venture(State.CLOSED), by=people.clerk)


def test_a_line_of_another_rounds_checklist_is_refused(people: SimpleNamespace) -> None:
    venture, other = a_venture(State.SUBMITTED), a_round()
    strange = other.check_items.get(ordinal=1)
    with pytest.raises(Invalid, match=f"Line {strange.pk} is not on the checklist"):
        actions.answer_check(venture, by=people.clerk, answers={strange.pk: (True, "")})
