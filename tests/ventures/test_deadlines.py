"""Corrections and the calendar: refused the day after, and reminded as of all that is due, through the door that the worker uses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from accounts.models import Notification, Role
from common import clock
from common.errors import Conflict
from common.models import JournalEntry
from common.work import outbox, periodic
from common.work.tasks import sweep
from tests.factories import a_user, a_venture, an_applicant, moment
from tests.reminding import morning_of
from tests.web.desk_world import make_desk
from ventures import actions
from ventures.models import Correction, Venture
from ventures.screening import deadlines
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture(autouse=True)
def _nothing_has_run_yet() -> None:
    periodic.forget()


def returned(people: Any, at: str = "2020-06-23 09:00", **fields: Any) -> Venture:
    """A venture returned at this moment; with 5 working days from 2020-06-23 it is due on 07-01."""
    venture = a_venture(State.SUBMITTED, round=people.round, organization=people.organization, **fields)
    with clock.at(moment(at)):
        actions.return_for_correction(venture, by=people.clerk, fields={"plan": "请补充场次。"})
        outbox.drain()
    return venture


def at(text: str) -> None:
    with clock.at(moment(text)):
        periodic.forget()
        sweep()


def test_an_overdue_correction_is_refused_by_the_clock_the_day_after_and_the_applicant_is_told(
    people: SimpleNamespace,
) -> None:
    venture = returned(people)
    assert venture.correction_due_on == date(2020, 7, 1)
    at("2020-07-01 23:59")
    venture.refresh_from_db()
    assert venture.state == State.RETURNED
    at("2020-07-02 00:01")
    venture.refresh_from_db()
    assert (venture.state, venture.refusal_reason) == (State.NOT_ACCEPTED, "overdue")
    entry = JournalEntry.objects.of(venture).last()
    assert entry is not None and entry.verb == "refuse" and entry.by_id is None and "2020-07-01" in entry.note
    outbox.drain()
    assert Notification.objects.filter(user=people.applicant, text__contains="2020-07-01").exists()


def test_one_that_fails_holds_up_no_other(people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, good = returned(people), returned(people)
    refuse = deadlines.refuse

    def fail_for_one(venture: Venture, **kwargs: Any) -> Venture:
        if venture.pk == broken.pk:
            raise RuntimeError("broken")
        return refuse(venture, **kwargs)

    monkeypatch.setattr(deadlines, "refuse", fail_for_one)
    at("2020-07-02 00:01")
    assert set(Venture.objects.filter(state=State.NOT_ACCEPTED).values_list("pk", flat=True)) == {good.pk}


def test_work_that_is_not_due_again_does_not_run(people: SimpleNamespace) -> None:
    at("2020-06-23 10:00")
    venture = returned(people)
    with clock.at(moment("2020-07-02 00:01")):
        sweep()
    venture.refresh_from_db()
    assert venture.state == State.RETURNED


def test_what_was_corrected_a_moment_ago_is_not_refused(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of overdue ones was read before; a refusal is possible from “submitted” too."""
    venture = returned(people)
    find = deadlines._refuse

    def correct_first(row: Venture) -> bool:
        with clock.at(moment("2020-07-01 23:59")):
            again = Venture.objects.get(pk=row.pk)
            actions.save_draft(again, by=people.applicant, values={"plan": "已补充场次。"})
            actions.resubmit(again, by=people.applicant)
        return find(row)

    monkeypatch.setattr(deadlines, "_refuse", correct_first)
    with clock.at(moment("2020-07-02 00:01")):
        assert actions.refuse_overdue() == 0
    venture.refresh_from_db()
    assert venture.state == State.SUBMITTED


def told(people: SimpleNamespace) -> int:
    """Reminders of the correction so far."""
    return Notification.objects.filter(user=people.applicant, text__contains="补正，期限为").count()


def test_a_correction_is_called_to_mind_once_two_working_days_before_it_is_due(people: SimpleNamespace) -> None:
    people.applicant.email = "applicant@example.org"
    people.applicant.save()
    returned(people)
    mail.outbox.clear()
    # 06-25 and 06-26 are holidays, Sunday 06-28 is worked: due on 07-01, two working days before is 06-29.
    for day, n in (("06-28", 0), ("06-29", 1), ("06-30", 1)):
        morning_of(f"2020-{day}")
        assert told(people) == n, day
    assert [m.subject for m in mail.outbox] and "2020-07-01" in mail.outbox[0].body


def test_who_has_corrected_is_not_reminded(people: SimpleNamespace) -> None:
    venture = returned(people)
    with clock.at(moment("2020-06-28 09:00")):
        actions.save_draft(venture, by=people.applicant, values={"plan": "已补充场次。"})
        actions.resubmit(venture, by=people.applicant)
    morning_of("2020-06-29")
    assert told(people) == 0


@pytest.mark.django_db(transaction=True)
def test_resubmitting_and_the_clock_at_once_end_in_one_of_both() -> None:
    """Who hands in at the last second races the clock of the next day: one wins, and nothing is half done."""
    desk = make_desk()
    applicant, organization = an_applicant()
    ventures = []
    for __ in range(6):
        venture = a_venture(State.SUBMITTED, round=desk.round, organization=organization)
        with clock.at(moment("2020-06-23 09:00")):
            actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "请补充。"})
            actions.save_draft(venture, by=applicant, values={"plan": "已补充。"})
        ventures.append(venture)
    together = Barrier(2)

    def resubmit() -> list[str]:
        try:
            together.wait()
            told = []
            for venture in ventures:
                with clock.at(moment("2020-07-01 23:59")):
                    try:
                        actions.resubmit(Venture.objects.get(pk=venture.pk), by=applicant)
                        told.append("in")
                    except Conflict as e:
                        told.append(str(e))
            return told
        finally:
            connection.close()

    def refuse() -> int:
        try:
            together.wait()
            with clock.at(moment("2020-07-02 00:00")):
                return actions.refuse_overdue()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        handing_in, refusing = pool.submit(resubmit), pool.submit(refuse)
        told, refused = handing_in.result(), refusing.result()
    states = list(Venture.objects.filter(pk__in=[v.pk for v in ventures]).values_list("state", flat=True))
    assert told.count("in") == states.count(State.SUBMITTED)
    assert refused == states.count(State.NOT_ACCEPTED)
    assert told.count("in") + refused == 6
    assert Correction.objects.exclude(answered_by=None).count() == told.count("in")


def test_a_clerk_of_another_office_is_not_told(people: SimpleNamespace) -> None:
    other = a_user(Role.CLERK)
    venture = returned(people)
    with clock.at(moment("2020-06-24 09:00")):
        actions.save_draft(venture, by=people.applicant, values={"plan": "已补充场次。"})
        actions.resubmit(venture, by=people.applicant)
        outbox.drain()
    assert Notification.objects.filter(user=people.clerk, text__contains=venture.title).count() == 1
    assert not Notification.objects.filter(user=other).exists()
