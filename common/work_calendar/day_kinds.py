"""Working days (工作日) or calendar days (自然日): how a period is counted. One object per kind."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.work_calendar.working_days import count_working_days, last_of_working_days


class DayKind(TextChoices):
    WORKING = "working", _("Working days")
    CALENDAR = "calendar", _("Calendar days")


class Counting:
    """`usual`: how long a public notice usually is at least."""

    usual: int

    def last(self, first: date, days: int) -> date:
        """The day on which so many days are complete, counting `first`. Raises Invalid in a year without a calendar."""
        raise NotImplementedError

    def count(self, first: date, last: date) -> int:
        """How many there are from `first` to `last`, both included. Raises Invalid as above."""
        raise NotImplementedError

    def told(self, n: int) -> str:
        raise NotImplementedError


class WorkingDays(Counting):
    """By the State Council's calendar. 2021-08-18 to 2021-08-24 are 5, as in a notice of 深圳福田."""

    usual = 5

    def last(self, first: date, days: int) -> date:
        return last_of_working_days(first, days)

    def count(self, first: date, last: date) -> int:
        return count_working_days(first, last)

    def told(self, n: int) -> str:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}


class CalendarDays(Counting):
    """Every day counts, and a period may end on a day off. 上海 公益招投标 asks for 15: from 2021-08-18 to 2021-09-01."""

    usual = 7

    def last(self, first: date, days: int) -> date:
        return first + timedelta(days - 1)

    def count(self, first: date, last: date) -> int:
        return max((last - first).days + 1, 0)

    def told(self, n: int) -> str:
        return ngettext("%(n)s calendar day", "%(n)s calendar days", n) % {"n": n}


COUNTING: Mapping[str, Counting] = {DayKind.WORKING: WorkingDays(), DayKind.CALENDAR: CalendarDays()}
