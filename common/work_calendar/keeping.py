"""Enter or correct the arrangement of a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import CalendarDay, CalendarYear, record
from common.text import clean
from common.wording import clauses, listed
from common.work_calendar.years import AHEAD, Arrangement, arrange, arrangement_of

MOST_WORDS = 40  # days named in the journal


@transaction.atomic
def keep_year(
    year: int, *, by: Any, days_off: Iterable[date], make_up: Iterable[date], source: str, version: int
) -> Arrangement:
    """放假调休: every other day goes by the week. What was entered for the year before is replaced.

    Raises Invalid(days_off, make_up, source); Conflict: the year is over or too far ahead; Stale: somebody has entered
    it since `version`. What has been computed from the year before keeps its days.
    """
    if not by.has_perm("accounts.keep_calendar"):
        raise NotAllowed(_("Only the head of the office and the administrator keep the working-day calendar."))
    may_be_entered(year)
    check(days_off := set(days_off), make_up := set(make_up), source := clean(source))
    CalendarYear.objects.get_or_create(year=year)
    row = CalendarYear.objects.select_for_update(of=("self",)).get(year=year)
    if row.version != version:
        raise Stale(
            _(
                "The calendar of %(year)s has been entered by somebody else meanwhile. Nothing was stored; look at it again."
            )
            % {"year": year}
        )
    before, after = arrangement_of(year), arrange(year, days_off, make_up)
    CalendarDay.objects.filter(day__year=year).delete()
    CalendarDay.objects.bulk_create(CalendarDay(day=d, is_workday=w, source=source) for d, w in after.days.items())
    row.version += 1
    row.save()
    words = _in_words(after.differences(before if before else arrange(year, (), ())))
    record(row, "correct_calendar" if before else "enter_calendar", by=by, note=f"{source} · {words}")
    return after


def is_open(year: int) -> bool:
    """Neither over nor further ahead than anybody publishes."""
    return today().year <= year <= today().year + AHEAD


def may_be_entered(year: int) -> None:
    """Raises Conflict for a year that is over, or that nobody can have published yet."""
    first, last = today().year, today().year + AHEAD
    if not is_open(year):
        raise Conflict(
            _("The calendar of %(year)s can not be entered: this year it may be %(first)s to %(last)s.")
            % {"year": year, "first": first, "last": last}
        )


def check(days_off: set[date], make_up: set[date], source: str) -> None:
    """Raises Invalid: contradictions, and days that are worked or off anyway."""
    told: dict[str, list[str]] = {}
    if not source:
        told["source"] = [_("Name the notice of the State Council, for instance its number.")]
    if not days_off:
        told["days_off"] = [_("A year has days off: enter at least one.")]
    if both := sorted(days_off & make_up):
        told["make_up"] = [_("Both off and worked: %(days)s.") % {"days": _list(both)}]
    if weekdays := sorted(day for day in make_up - days_off if day.weekday() < 5):
        told.setdefault("make_up", []).append(
            _("A make-up workday is a Saturday or a Sunday. Worked anyway: %(days)s.") % {"days": _list(weekdays)}
        )
    if told:
        raise Invalid(told)


def _list(days: list[date]) -> str:
    return listed(day.isoformat() for day in days)


def _in_words(changes: list[tuple[date, bool]]) -> str:
    """Which days are now otherwise than before."""
    if not changes:
        return _("no day is changed")
    off = [day for day, works in changes if not works][:MOST_WORDS]
    worked = [day for day, works in changes if works][:MOST_WORDS]
    parts = []
    if off:
        parts.append(_("off: %(days)s") % {"days": _list(off)})
    if worked:
        parts.append(_("worked: %(days)s") % {"days": _list(worked)})
    return clauses(parts)
