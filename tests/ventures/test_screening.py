"""Screening: what is refused, with its sentence."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from common import clock
from common.errors import Conflict, IllegalMove, Invalid, NotAllowed, NotReady
from common.models import JournalEntry
from tests.factories import CHECKS, a_round, a_venture, answer_all_checks, moment
from ventures import actions
from ventures.models import CheckAnswer, RefusalReason
from ventures.states import State

pytestmark = pytest.mark.engines


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
    with pytest.raises(NotReady, match=", ".join(CHECKS)):
        actions.accept(venture, by=people.clerk)
    first, second, third = venture.round.check_items.all()
    given = {first.pk: (True, "证书"), second.pk: (False, "未年检"), third.pk: (True, "已查")}
    actions.answer_check(venture, by=people.clerk, answers=given)
    with pytest.raises(NotReady) as refused:
        actions.accept(venture, by=people.clerk)
    assert refused.value.reasons == [f"Not met or not answered: {second.label}."]
    actions.answer_check(venture, by=people.clerk, answers={second.pk: (True, "已补检")})
    assert actions.accept(venture, by=people.clerk).state == State.ELIGIBLE


def test_a_return_needs_a_field_of_the_form_and_a_refusal_its_words_and_a_reason_of_the_list(
    people: SimpleNamespace,
) -> None:
    venture = a_venture(State.SUBMITTED)
    with pytest.raises(Invalid, match="Mark at least one field"):
        actions.return_for_correction(venture, by=people.clerk, fields={}, reason="缺章")
    with pytest.raises(Invalid, match="has no field “salary”"):
        actions.return_for_correction(venture, by=people.clerk, fields={"plan": "缺场次", "salary": ""})
    with pytest.raises(Invalid, match="501 characters are too many; at most 500"):
        actions.return_for_correction(venture, by=people.clerk, fields={"plan": "长" * 501})
    with pytest.raises(Invalid, match="Say why the application is refused"):
        actions.refuse(venture, by=people.clerk, reason="\u200b ")
    with pytest.raises(Invalid, match="is not a reason of the list"):
        actions.refuse(venture, by=people.clerk, reason="不符", code="whim")
    venture.refresh_from_db()
    assert venture.state == State.SUBMITTED


def test_a_refusal_keeps_its_code_and_its_words(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    actions.refuse(venture, by=people.clerk, reason="登记未满一年", code=RefusalReason.INELIGIBLE)
    assert venture.refusal_reason == "ineligible"
    note = JournalEntry.objects.of(venture).get().note
    assert "登记未满一年" in note and str(RefusalReason.INELIGIBLE.label) in note


def test_a_correction_is_due_after_the_rounds_working_days_and_returned_as_often_as_it_allows(
    people: SimpleNamespace,
) -> None:
    venture = a_venture(State.SUBMITTED, round=a_round(correction_days=5, max_corrections=1))
    with clock.at(moment("2020-06-23 09:00")):  # the dragon boat festival is 06-25 to 06-27, and Sunday 06-28 is worked
        actions.return_for_correction(venture, by=people.clerk, fields={"plan": "缺章"})
    assert venture.correction_due_on == date(2020, 7, 1)
    venture = a_venture(State.SUBMITTED, corrections=1)
    with pytest.raises(NotReady, match=r"It was returned 1 time; the round allows 1\."):
        actions.return_for_correction(venture, by=people.clerk, fields={"plan": "还缺章"})


def test_screening_is_for_the_office_and_for_what_is_submitted(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    answer_all_checks(venture)
    for user in (people.applicant, people.finance, people.supervisor):
        with pytest.raises(NotAllowed):
            actions.accept(venture, by=user)
        with pytest.raises(NotAllowed):
            actions.refuse(venture, by=user, reason="不符")
        with pytest.raises(NotAllowed):
            actions.return_for_correction(venture, by=user, fields={"plan": "补正"})
    with pytest.raises(IllegalMove, match="“Accept the application” is not possible while .* is “Closed”"):
        actions.accept(a_venture(State.CLOSED), by=people.clerk)


def test_a_line_of_another_rounds_checklist_is_refused(people: SimpleNamespace) -> None:
    venture, other = a_venture(State.SUBMITTED), a_round()
    strange = other.check_items.get(ordinal=1)
    with pytest.raises(Invalid, match=f"Line {strange.pk} is not on the checklist"):
        actions.answer_check(venture, by=people.clerk, answers={strange.pk: (True, "")})


def test_a_line_that_says_what_it_said_keeps_the_name_and_the_day_of_who_answered(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED)
    first, second, __ = venture.round.check_items.all()
    with clock.at(moment("2020-03-02 09:00")):
        actions.answer_check(venture, by=people.clerk, answers={first.pk: (True, "证书"), second.pk: (False, "")})
    with clock.at(moment("2020-03-05 09:00")):
        actions.answer_check(venture, by=people.manager, answers={first.pk: (True, "证书"), second.pk: (True, "已补")})
    kept, changed = CheckAnswer.objects.filter(venture=venture).order_by("item__ordinal")
    assert (kept.by_name, kept.at) == (str(people.clerk), moment("2020-03-02 09:00"))
    assert (changed.by_name, changed.at) == (str(people.manager), moment("2020-03-05 09:00"))


def a_checked_venture() -> Any:
    venture = a_venture(State.SUBMITTED)
    answer_all_checks(venture)
    return venture


def test_several_are_accepted_all_or_none_and_each_that_can_not_is_named(people: SimpleNamespace) -> None:
    good, bad = [a_checked_venture() for __ in range(2)], a_venture(State.SUBMITTED)
    with pytest.raises(NotReady) as refused:
        actions.accept_many([*good, bad], by=people.clerk)
    assert len(refused.value.reasons) == 1 and bad.title in refused.value.reasons[0]
    assert not JournalEntry.objects.filter(verb="accept").exists()
    actions.accept_many(good, by=people.clerk)
    assert JournalEntry.objects.filter(verb="accept").count() == 2
