"""Days of a round: in sentences, and moved to a later year."""

from datetime import date, timedelta

import chinese_calendar
from django.utils.timezone import localdate

from common.clock import today
from common.deadlines import last_day_of
from common.errors import Invalid
from common.models import CalendarDay
from common.work_calendar.working_days import is_built_in, last_of_working_days
from rounds.models import Round


def last_day(round_: Round) -> date:
    """The last day of the call."""
    return last_day_of(round_.closes_at)


def year_without_calendar(first: date, days: int) -> str | None:
    """A sentence when the working days after `first` fall into a year that nobody has entered."""
    if all(is_built_in(year) for year in {first.year, (first + timedelta(days=days * 3 + 30)).year}):
        return None  # asks the table only for a year that the package does not know
    try:
        last_of_working_days(first, days)
    except Invalid as e:
        return str(e)
    return None


# --- The days of a copy -----------------------------------------------------------------------------------------------


def years_until_ahead(source: Round) -> int:
    """How many whole years later its call lies ahead."""
    opens_on, years = localdate(source.opens_at), 1
    while _years_later(opens_on, years) <= today():
        years += 1
    return years


def working_day_later(day: date, years: int) -> date:
    """The same day so many years later, or the next working day. A year that is not published yet goes by the week; the
    days are checked anyway."""
    day = _years_later(day, years)
    entered = dict(
        CalendarDay.objects.filter(day__range=(day, day + timedelta(days=30))).values_list("day", "is_workday")
    )
    while not entered.get(day, _by_package(day)):
        day += timedelta(days=1)
    return day


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _by_package(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
