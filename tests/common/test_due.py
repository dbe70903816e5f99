"""The registry of due dates: how a day is told, what a reader may know of, and what it costs to ask."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Role
from common import clock
from common.machine import due as registry
from common.machine.due import due_dates, kinds_of, things_with_due_dates, time_told
from common.work_calendar.working_days import ends_of_working_days
from rounds.models import Round
from tests.factories import a_round, a_user, a_venture, moment
from ventures.models import Venture
from ventures.states import State

DUE = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        ("2026-05-03", "还剩 7 天", "7 days left"),
        ("2026-05-09", "还剩 1 天", "1 day left"),
        ("2026-05-10", "今天到期", "due today"),
        ("2026-05-11", "逾期 1 天", "overdue by 1 day"),
        ("2026-06-09", "逾期 30 天", "overdue by 30 days"),
        ("2026-06-10", "逾期 1 个月", "overdue by 1 month"),
        ("2026-09-10", "逾期 4 个月", "overdue by 4 months"),
    ],
)
def test_how_far_off_a_day_is_is_told_in_words(day: str, chinese: str, english: str) -> None:
    with clock.at(moment(f"{day} 10:00")):
        for language, words in (("zh-hans", chinese), ("en", english)):
            with translation.override(language):
                assert time_told(DUE) == words


@pytest.mark.parametrize(
    ("day", "soon", "overdue"),
    [("05-06", False, False), ("05-07", True, False), ("05-10", True, False), ("05-11", False, True)],
)
def test_three_days_before_it_is_amber_and_from_the_next_day_on_red(day: str, soon: bool, overdue: bool) -> None:
    with clock.at(moment(f"2026-{day} 00:00")):
        assert (registry.is_soon(DUE), registry.is_overdue(DUE)) == (soon, overdue)


def test_every_due_date_of_the_issue_is_hung_by_its_room() -> None:
    hung = {of: sorted(k.slug for k in kinds_of(apps.get_model(of))) for of in things_with_due_dates()}
    assert hung == {
        "rounds.round": ["call", "notice"],
        "ventures.venture": [
            "activities", "agreement", "application", "correction", "final", "midterm", "rectification", "ruling",
            "scores", "screening", "showcase", "tranche",
        ],
    }  # fmt: skip


def test_a_due_date_has_one_home(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = kinds_of(Venture)[0]
    given: Any = dict.fromkeys(("states", "label", "holder", "people", "read", "page", "home"))
    with pytest.raises(AssertionError, match="two due dates"):
        registry.due(kind.slug, of=kind.of, **given)(kind.open)


@pytest.mark.django_db
@pytest.mark.engines
def test_what_is_due_of_one_thing_or_of_three_is_asked_in_the_same_number_of_queries() -> None:
    round_ = a_round(screening_days=5)
    clerk = a_user(Role.CLERK)
    for n in (1, 3):
        while round_.ventures.count() < 2 * n:
            a_venture(State.SUBMITTED, round=round_)
            a_venture(State.RETURNED, round=round_)
        with CaptureQueriesContext(connection) as asked:
            found = due_dates(Venture.objects.all(), clerk)
        assert len(found) == 2 * n
        assert len(asked) == 2, "all kinds together, and the calendar of working days"


@pytest.mark.django_db
@pytest.mark.engines
def test_the_earliest_comes_first_and_what_is_due_later_is_left_out() -> None:
    days = [date(2026, 5, n) for n in (20, 3, 11)]
    for day in days:
        a_venture(State.RETURNED, correction_due_on=day)
    clerk = a_user(Role.CLERK)
    assert [d.on for d in due_dates(Venture.objects.all(), clerk)] == sorted(days)
    assert [d.on for d in due_dates(Venture.objects.all(), clerk, until=date(2026, 5, 11))] == sorted(days)[:2]
    assert due_dates(Venture.objects.all(), clerk, only={"midterm"}) == []
    assert due_dates(Venture.objects.none(), clerk) == []


@pytest.mark.django_db
def test_more_than_anybody_looks_at_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LOOKED_AT", 2)
    for n in (20, 3, 11):
        a_venture(State.RETURNED, correction_due_on=date(2026, 5, n))
    assert [d.on.day for d in due_dates(Venture.objects.all(), a_user(Role.CLERK))] == [3, 11]


@pytest.mark.django_db
def test_who_may_not_know_that_there_is_such_a_date_is_told_of_none() -> None:
    a_venture(State.SUBMITTED, round=a_round(screening_days=5))
    a_venture(State.RETURNED)
    told = {
        role: sorted(d.kind.slug for d in due_dates(Venture.objects.all(), a_user(role)))
        for role in (Role.CLERK, Role.SUPERVISOR, Role.OPERATOR, Role.APPLICANT)
    }
    both, own = ["correction", "screening"], ["correction"]
    assert told == {Role.CLERK: both, Role.SUPERVISOR: both, Role.OPERATOR: own, Role.APPLICANT: own}


@pytest.mark.django_db
def test_of_a_year_without_a_calendar_no_day_is_told() -> None:
    after = (date(2020, 6, 5), 15)
    assert ends_of_working_days({after, (date(2051, 6, 5), 3)}) == {after: date(2020, 6, 29)}
    a_venture(State.SUBMITTED, round=a_round(screening_days=5), submitted_at=moment("2051-06-05 10:00"))
    assert due_dates(Venture.objects.all(), a_user(Role.CLERK)) == []


@pytest.mark.django_db
@pytest.mark.engines
def test_a_round_has_the_end_of_its_call_and_of_its_notice() -> None:
    clerk = a_user(Role.CLERK)
    a_round(opens_at=moment("2026-05-01 09:00"), closes_at=moment("2026-06-01 00:00"))
    assert [(d.kind.slug, d.on) for d in due_dates(Round.objects.all(), clerk)] == [("call", date(2026, 5, 31))]
