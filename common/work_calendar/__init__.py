"""The working-day calendar, year by year: read an arrangement as it was published, look at it, enter it, correct it.

Whether a day is known, and what it is, is decided in `common.work_calendar.working_days` alone.
"""

from common.work_calendar.keeping import check, is_open, keep_year, may_be_entered
from common.work_calendar.reading import read_days, read_holidays
from common.work_calendar.years import Arrangement, Year, arrange, arrangement_of, doubts, history_of, version_of, years

__all__ = [
    "Arrangement",
    "Year",
    "arrange",
    "arrangement_of",
    "check",
    "doubts",
    "history_of",
    "is_open",
    "keep_year",
    "may_be_entered",
    "read_days",
    "read_holidays",
    "version_of",
    "years",
]
