"""Days of a round in sentences."""

from datetime import date, timedelta

from common.deadlines import last_day_of
from common.errors import Invalid
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
