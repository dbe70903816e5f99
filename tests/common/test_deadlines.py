"""24:00 of a day, both ways."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import make_aware
from hypothesis import given
from hypothesis import strategies as st

from common import deadlines
from tests.factories import moment

DAYS = st.dates(date(1995, 1, 1), date(2100, 1, 1))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59)).map(lambda t: t.strftime("%H:%M"))


@pytest.mark.parametrize(
    ("day", "clock", "stored", "told"),
    [
        (date(2020, 6, 30), "24:00", "2020-07-01 00:00", "2020-06-30 24:00"),
        (date(2020, 12, 31), "24:00", "2021-01-01 00:00", "2020-12-31 24:00"),
        (date(2020, 6, 30), "17:30", "2020-06-30 17:30", "2020-06-30 17:30"),
        (date(2020, 6, 30), "23:59", "2020-06-30 23:59", "2020-06-30 23:59"),
    ],
)
def test_what_ends_at_midnight_ends_on_the_day_that_is_over(day: date, clock: str, stored: str, told: str) -> None:
    end = deadlines.end_on(day, clock)
    assert end == moment(stored)
    assert deadlines.day_and_clock(end) == (day, clock)
    assert deadlines.told(end) == told
    assert deadlines.last_day_of(end) == day


@given(DAYS, MINUTES.filter(lambda clock: clock != "00:00") | st.just("24:00"))
def test_what_is_read_back_is_what_was_written(day: date, clock: str) -> None:
    assert deadlines.day_and_clock(deadlines.end_on(day, clock)) == (day, clock)


@given(DAYS)
def test_a_day_ends_where_the_next_one_starts(day: date) -> None:
    assert deadlines.end_of(day) == deadlines.start_of(day + timedelta(days=1))
    assert deadlines.told(day) == deadlines.told(deadlines.end_of(day)) == f"{day} 24:00"
    assert deadlines.last_day_of(deadlines.start_of(day)) == day - timedelta(days=1)


@given(DAYS, DAYS, st.times())
def test_the_same_end_on_another_day_keeps_its_clock(day: date, other: date, clock: time) -> None:
    end = make_aware(datetime.combine(day, clock))
    moved = deadlines.moved_to(end, other)
    assert deadlines.last_day_of(moved) == other
    assert deadlines.day_and_clock(moved)[1] == deadlines.day_and_clock(end)[1]
