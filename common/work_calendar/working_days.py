"""Working days by the State Council's 调休 calendar: the package's years, corrected by the table `CalendarDay`."""

from collections.abc import Collection
from datetime import date, timedelta

import chinese_calendar
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.models import CalendarDay


def is_workday(day: date, corrections: dict[date, bool]) -> bool:
    """The one place that decides: a day is known when it is entered or of a year of the package, else Invalid."""
    if day in corrections:
        return corrections[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise Invalid(
            _(
                "The working-day calendar of %(year)s is not entered yet. The head of the office enters it on the "
                "desk, under Rounds, “Working-day calendar”."
            )
            % {"year": day.year}
        ) from None


def is_built_in(year: int) -> bool:
    """The package knows the arrangement of this year."""
    try:
        chinese_calendar.is_workday(date(year, 1, 4))
    except NotImplementedError:
        return False
    return True


def _corrections(first: date, last: date) -> dict[date, bool]:
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))


def count_working_days(first: date, last: date) -> int:
    """Working days from `first` to `last`, both included. 2021-08-18 to 2021-08-24 is 5."""
    corrections = _corrections(first, last)
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return sum(is_workday(day, corrections) for day in days)


def last_of_working_days(first: date, days: int) -> date:
    """The day on which `days` working days are complete, counting `first` when it is one."""
    return _last(first, days, _corrections(first, first + timedelta(days * 3 + 30)))


def _last(first: date, days: int, corrections: dict[date, bool]) -> date:
    day, left = first, days
    while True:
        left -= is_workday(day, corrections)
        if left <= 0:
            return day
        day += timedelta(1)


def ends_of_working_days(spans: Collection[tuple[date, int]]) -> dict[tuple[date, int], date]:
    """(day, number) → the day on which so many working days after that day are complete; one query for all. A span in a
    year that nobody has entered is left out."""
    if not spans:
        return {}
    longest = max(days for __, days in spans)
    corrections = _corrections(min(d for d, __ in spans), max(d for d, __ in spans) + timedelta(longest * 3 + 30))
    ends = {}
    for after, days in spans:
        try:
            ends[after, days] = _last(after + timedelta(1), days, corrections)
        except Invalid:
            continue
    return ends


def working_days_ahead(on: date, days: int) -> date:
    """The first day after which no more than so many working days are left until `on`. Raises Invalid."""
    corrections = _corrections(on - timedelta(days * 3 + 30), on)
    day, left = on, days
    while (left := left - is_workday(day, corrections)) >= 0:
        day -= timedelta(1)
    return day
