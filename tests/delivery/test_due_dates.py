"""By when a venture reports, and how far its schedule says it should be."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from common import clock
from common.machine.due import due_dates
from common.site.todo import todo
from delivery.actions import reverse_activity
from delivery.models import Activity
from tests.factories import moment
from tests.web.desk_world import planted
from ventures.models import ScheduleLine, Venture
from ventures.states import State

pytestmark = pytest.mark.engines


def due(desk: SimpleNamespace, venture: Venture) -> dict[str, date]:
    found = due_dates(Venture.objects.filter(pk=venture.pk), desk.clerk)
    return {d.kind.slug: d.on for d in found}


@pytest.mark.parametrize(
    ("ends_on", "half"),
    [
        (date(2026, 11, 30), date(2026, 7, 31)),
        (date(2026, 12, 1), date(2026, 8, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
def test_the_mid_term_is_due_in_the_middle_of_the_period(desk: Any, ends_on: date, half: date) -> None:
    """The same day that Python comes to, on both engines."""
    begins = date(2026, 4, 1)
    assert begins + (ends_on - begins) / 2 == half
    assert due(desk, planted(desk, State.IN_DELIVERY, starts_on=begins, ends_on=ends_on)) == {"midterm": half}


def test_what_is_handed_in_is_not_due_and_what_is_passed_makes_room_for_the_final_report(desk: Any) -> None:
    year = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 11, 30)}
    assert due(desk, planted(desk, State.MID_TERM, **year)) == {}
    passed = planted(desk, State.IN_DELIVERY, midterm_passed_at=moment("2026-08-03 10:00"), **year)
    assert due(desk, passed) == {"final": date(2026, 11, 30)}
    rectifying = planted(desk, State.RECTIFYING, rectify_by=date(2026, 8, 20), **year)
    assert due(desk, rectifying) == {"rectification": date(2026, 8, 20)}


def test_a_venture_without_a_period_has_no_due_date(desk: Any) -> None:
    assert due(desk, planted(desk, State.IN_DELIVERY, starts_on=None, ends_on=None)) == {}


def test_the_schedule_is_behind_from_the_first_day_by_which_it_counts_more_than_is_recorded(desk: Any) -> None:
    venture = planted(desk, State.MID_TERM)
    for n, (month, sessions) in enumerate(((5, 2), (6, 3), (7, 1)), 1):
        ScheduleLine.objects.create(
            venture=venture, ordinal=n, ends_on=date(2026, month, 28), activity="入户", sessions=sessions
        )
    ScheduleLine.objects.create(venture=venture, ordinal=4, activity="未定日期", sessions=9)
    expected = ["05-28", "05-28", "06-28", "06-28", "06-28", "07-28", None]
    for held, day in enumerate(expected):
        assert due(desk, venture) == ({"activities": date.fromisoformat(f"2026-{day}")} if day else {}), held
        Activity.objects.create(venture=venture, held_on=date(2026, 5, 2), topic="第一场", attendance=20)


def test_what_was_taken_back_does_not_count_for_the_schedule(desk: Any) -> None:
    venture = planted(desk, State.IN_DELIVERY)
    ScheduleLine.objects.create(venture=venture, ordinal=1, ends_on=date(2026, 5, 28), activity="入户", sessions=1)
    held = Activity.objects.create(venture=venture, held_on=date(2026, 5, 2), topic="第一场", attendance=20)
    assert "activities" not in due(desk, venture)
    reverse_activity(held, by=desk.applicant, reason="误录")
    assert due(desk, venture)["activities"] == date(2026, 5, 28)


def test_who_is_behind_the_schedule_finds_it_among_what_waits(desk: Any) -> None:
    venture = planted(desk, State.MID_TERM)
    ScheduleLine.objects.create(venture=venture, ordinal=1, ends_on=date(2026, 5, 28), activity="入户", sessions=2)
    for day, told in (("05-20", []), ("05-26", ["soon"]), ("05-29", ["overdue"])):
        with clock.at(moment(f"2026-{day} 10:00")):
            waiting = todo(desk.applicant)
            assert ["overdue" if i.is_overdue else "soon" for i in waiting] == told, day
    assert waiting[0].url == reverse("apply_activities", args=[venture.pk])
