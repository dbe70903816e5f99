"""Working days by the State Council's calendar."""

from datetime import date

import pytest
from django.utils import translation

from common.errors import Invalid
from common.models import CalendarDay
from common.work_calendar.working_days import count_working_days, last_of_working_days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 8, 18), date(2021, 8, 24)),  # a plain weekend between
        (date(2023, 4, 20), date(2023, 4, 25)),  # Sunday 04-23 is worked for the May holiday
    ],
)
def test_five_working_days_of_known_notices(first: date, last: date) -> None:
    assert count_working_days(first, last) == 5
    assert last_of_working_days(first, 5) == last


def test_days_of_a_holiday_do_not_count_and_one_that_is_worked_does() -> None:
    assert count_working_days(date(2020, 6, 25), date(2020, 6, 28)) == 1
    assert last_of_working_days(date(2020, 6, 24), 3) == date(2020, 6, 29)


def test_a_first_day_that_is_no_working_day_is_not_counted() -> None:
    assert last_of_working_days(date(2021, 8, 21), 1) == date(2021, 8, 23)


def test_a_year_without_a_calendar_is_an_error_that_says_what_to_do() -> None:
    with (
        translation.override("en"),
        pytest.raises(Invalid, match="calendar of 2099 is not entered yet.*head of the office"),
    ):
        count_working_days(date(2099, 1, 5), date(2099, 1, 9))


def test_days_that_the_city_enters_go_before_the_package() -> None:
    CalendarDay.objects.create(day=date(2021, 8, 20), is_workday=False, source="test")
    assert count_working_days(date(2021, 8, 18), date(2021, 8, 24)) == 4
    for day in (5, 6, 7, 8, 9):
        CalendarDay.objects.create(day=date(2099, 1, day), is_workday=day != 7, source="test")
    assert count_working_days(date(2099, 1, 5), date(2099, 1, 9)) == 4
