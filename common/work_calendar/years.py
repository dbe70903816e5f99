"""What is known of a year: its working days by month, and where they differ from Monday to Friday."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from common.clock import today
from common.errors import Invalid
from common.models import CalendarDay, CalendarYear, JournalEntry
from common.work_calendar.working_days import is_built_in, is_workday

AHEAD = 2  # years; the State Council publishes one year each November
# 全国年节及纪念日放假办法, as of 2025: the days of it that lie on the same date each year.
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


@dataclass(frozen=True)
class Month:
    number: int
    weekdays: int
    working_days: int
    days_off: list[date]
    make_up: list[date]


@dataclass(frozen=True)
class Arrangement:
    """Each day of a year: worked or not."""

    year: int
    days: dict[date, bool]

    @property
    def days_off(self) -> list[date]:
        """Mondays to Fridays that are not worked."""
        return [day for day, works in self.days.items() if not works and day.weekday() < 5]

    @property
    def make_up(self) -> list[date]:
        """补班: Saturdays and Sundays that are worked."""
        return [day for day, works in self.days.items() if works and day.weekday() >= 5]

    @property
    def working_days(self) -> int:
        return sum(self.days.values())

    @property
    def months(self) -> list[Month]:
        return [self._month(n) for n in range(1, 13)]

    def _month(self, number: int) -> Month:
        days = [date(self.year, number, n + 1) for n in range(monthrange(self.year, number)[1])]
        return Month(
            number,
            sum(day.weekday() < 5 for day in days),
            sum(self.days[day] for day in days),
            [day for day in self.days_off if day.month == number],
            [day for day in self.make_up if day.month == number],
        )

    @property
    def holidays(self) -> list[tuple[date, date]]:
        """First and last day of each stretch without work in which at least one weekday falls."""
        stretches: list[list[date]] = [[]]
        for day, works in self.days.items():
            if works:
                stretches.append([])
            else:
                stretches[-1].append(day)
        return [(s[0], s[-1]) for s in stretches if any(day.weekday() < 5 for day in s)]

    def differences(self, other: "Arrangement | None") -> list[tuple[date, bool]]:
        """The days that are otherwise in `other`, as they are here."""
        return [] if other is None else [(d, works) for d, works in self.days.items() if works != other.days[d]]


@dataclass(frozen=True)
class Year:
    """A line of the list of years."""

    year: int
    arrangement: Arrangement | None
    is_built_in: bool
    source: str
    is_open: bool


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year, 12, 31) - first).days + 1)]


def arrange(year: int, days_off: Iterable[date], make_up: Iterable[date]) -> Arrangement:
    """A year by the week, but for these days."""
    off, worked = set(days_off), set(make_up)
    return Arrangement(year, {d: d in worked or (d.weekday() < 5 and d not in off) for d in days_of(year)})


def arrangement_of(year: int) -> Arrangement | None:
    """What is known of a year; None when a day of it is not. One query."""
    return _known(year, dict(CalendarDay.objects.filter(day__year=year).values_list("day", "is_workday")))


def _known(year: int, entered: dict[date, bool]) -> Arrangement | None:
    try:
        return Arrangement(year, {day: is_workday(day, entered) for day in days_of(year)})
    except Invalid:
        return None


def years() -> list[Year]:
    """Last year to two years ahead, and whatever else is entered; newest first. Two queries."""
    this = today().year
    entered = CalendarDay.objects.order_by().values_list("day__year").annotate(Max("source"))
    sources = dict(entered)
    wanted = sorted({*range(this - 1, this + AHEAD + 1), *sources}, reverse=True)
    days: dict[int, dict[date, bool]] = {}
    for day, works in CalendarDay.objects.values_list("day", "is_workday"):
        days.setdefault(day.year, {})[day] = works
    return [
        Year(
            year,
            _known(year, days.get(year, {})),
            is_built_in(year),
            sources.get(year, ""),
            this <= year <= this + AHEAD,
        )
        for year in wanted
    ]


def doubts(arrangement: Arrangement) -> list[date]:
    """Days off by law every year that would be worked."""
    fixed = [date(arrangement.year, *month_and_day) for month_and_day in FIXED]
    return [day for day in fixed if arrangement.days[day]]


def version_of(year: int) -> int:
    """How often it has been entered; 0: never."""
    row = CalendarYear.objects.filter(year=year).first()
    return row.version if row else 0


def history_of(year: int) -> list[JournalEntry]:
    """Newest first."""
    return list(JournalEntry.objects.of(CalendarYear(year=year)).reverse())
