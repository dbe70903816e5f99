"""Due dates that rooms hang on things. One object finds them, names them and says who has them: pages mark what it finds,
lists are filtered by it, reminders go by it.

    @due("midterm", of="ventures.Venture", states={State.IN_DELIVERY}, label=_("Mid-term report"), …)
    def midterm(rows):  # of these rows, which are in one of the states, those for which it is open; its day is `due_day`
        return rows.filter(midterm_passed_at=None).annotate(due_day=Halfway("starts_on", "ends_on"))

Where a round counts working days, `due_day` is the day from which they count and `due_working` how many there are. What
a round does not say has no due date.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, IntegerField, Model, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import today
from common.work_calendar.working_days import ends_of_working_days

SOON_DAYS = 3  # so near it is marked
REMIND_BEFORE = (7, 1)  # days
DAYS_IN_MONTH = 30  # of what is told in months
LOOKED_AT = 2000  # open due dates at most, the earliest first

Open = Callable[[QuerySet[Any]], QuerySet[Any]]
People = Callable[[Collection[int]], Mapping[int, Collection[int]]]
Days = Callable[[date], Iterable[date]]


# --- A day, as pages tell it ------------------------------------------------------------------------------------------


def days_left(on: date) -> int:
    """Until it is due; below 0 it is overdue."""
    return (on - today()).days


def is_overdue(on: date) -> bool:
    return days_left(on) < 0


def is_soon(on: date) -> bool:
    return 0 <= days_left(on) <= SOON_DAYS


def time_told(on: date) -> str:
    """还剩 3 天, 今天到期, 逾期 12 天, 逾期 4 个月."""
    left = days_left(on)
    if left == 0:
        return _("due today")
    if left > 0:
        return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    if -left <= DAYS_IN_MONTH:
        return ngettext("overdue by %(n)s day", "overdue by %(n)s days", -left) % {"n": -left}
    months = -left // DAYS_IN_MONTH
    return ngettext("overdue by %(n)s month", "overdue by %(n)s months", months) % {"n": months}


# --- The registry -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DueKind:
    """One thing that is due, while what it hangs on is in one of `states`.

    `holder` says in words who has it, `people` (keys of things → keys of accounts) who they are, `staff` who is told
    when it stays overdue. `read` is the permission without which nobody is told that there is such a date, `may` the one
    that makes it somebody's part at the desk, `late` the same once it is overdue. `page` gives the address where who has it does it.
    `before` gives the days on which it is called to mind.
    """

    slug: str
    of: str
    states: Collection[str]
    label: Any
    holder: Any
    open: Open
    people: People
    staff: People
    read: str
    may: str
    late: str
    page: Callable[[int], str]
    home: str
    before: Days

    def rows(self, rows: QuerySet[Any], until: date | None) -> QuerySet[Any]:
        """(key, kind, day, working days) of those of `rows` for which it is open."""
        found = self.open(rows.filter(state__in=self.states)).alias(day=F("due_day")).filter(day__isnull=False)
        if until is not None:
            found = found.filter(day__lte=until)
        if "due_working" not in found.query.annotations:
            found = found.annotate(due_working=Value(0, IntegerField()))
        return found.annotate(due_kind=Value(self.slug)).values_list("pk", "due_kind", "due_day", "due_working")


@dataclass(frozen=True)
class Due:
    """What is due of one thing."""

    kind: DueKind
    thing: int  # its key
    on: date

    @property
    def days_left(self) -> int:
        return days_left(self.on)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.on)

    @property
    def is_soon(self) -> bool:
        return is_soon(self.on)

    @property
    def told(self) -> str:
        return time_told(self.on)


_kinds: dict[tuple[str, str], DueKind] = {}


def nobody(things: Collection[int]) -> Mapping[int, Collection[int]]:
    """Nobody is told."""
    return {}


def days_before(on: date) -> Iterable[date]:
    return (date.fromordinal(on.toordinal() - n) for n in REMIND_BEFORE)


def due(
    slug: str,
    *,
    of: str,
    states: Collection[str],
    label: Any,
    holder: Any,
    people: People,
    read: str,
    page: Callable[[int], str],
    home: str,
    staff: People = nobody,
    may: str = "",
    late: str = "",
    before: Days = days_before,
) -> Callable[[Open], Open]:
    """Hang a due date on the model `of`. Called when a room starts."""

    def hang(open_: Open) -> Open:
        key = (of.lower(), slug)
        assert key not in _kinds, f"{of} has two due dates that are called {slug}"
        _kinds[key] = DueKind(
            slug, of.lower(), states, label, holder, open_, people, staff, read, may, late or may, page, home, before
        )
        return open_

    return hang


def kinds_of(model: type[Model]) -> list[DueKind]:
    return [kind for (of, __), kind in _kinds.items() if of == model._meta.label_lower]


def things_with_due_dates() -> list[str]:
    """The models, as `app.model`."""
    return sorted({of for of, __ in _kinds})


def readable_kinds(model: type[Model], reader: Any) -> list[DueKind]:
    """Of which due dates this person may know, of things that they see."""
    return [kind for kind in kinds_of(model) if reader.has_perm(kind.read)]


# --- What is due ------------------------------------------------------------------------------------------------------


def due_dates(
    rows: QuerySet[Any],
    reader: Any,
    *,
    until: date | None = None,
    only: Collection[str] | None = None,
    states: Collection[str] | None = None,
) -> list[Due]:
    """What is open of these things as far as the reader may know, the earliest first. `rows` is what the reader sees.

    One query, and one where working days are counted, however many things and kinds there are. `until`: what is due
    later is left out; `only` these kinds; `states` in which the things are known to be: what can not be open is not
    asked. Of several days of one kind a thing has the earliest; of a year without a working-day calendar none is told.
    """
    kinds = {
        k.slug: k
        for k in readable_kinds(rows.model, reader)
        if (only is None or k.slug in only) and (states is None or not set(states).isdisjoint(k.states))
    }
    if not kinds:
        return []
    bare = rows.order_by().select_related(None)
    first, *others = [kind.rows(bare, until) for kind in kinds.values()]
    # From here on nobody orders but us: a part of a union must not.
    found = list(first.union(*others, all=True).order_by("due_day")[:LOOKED_AT] if others else first[:LOOKED_AT])
    ends = ends_of_working_days({(day, working) for __, __, day, working in found if working})
    told = [
        Due(kinds[slug], key, on)
        for key, slug, day, working in found
        if (on := ends.get((day, working)) if working else day) and (until is None or on <= until)
    ]
    told.sort(key=lambda d: (d.on, d.thing, d.kind.slug))
    return list({(d.thing, d.kind.slug): d for d in reversed(told)}.values())[::-1]


def by_thing(dates: Iterable[Due]) -> dict[int, list[Due]]:
    """Key of a thing → what is due of it, the earliest first."""
    found: dict[int, list[Due]] = {}
    for one in dates:
        found.setdefault(one.thing, []).append(one)
    return found


def marked(dates: Iterable[Due]) -> list[Due]:
    """What a list shows of them: overdue, or due soon."""
    return [one for one in dates if one.is_overdue or one.is_soon]


def due_of_rows(rows: Sequence[Any], reader: Any) -> dict[int, list[Due]]:
    """The same for rows of a page that are there already: key → what is due."""
    if not rows:
        return {}
    model = type(rows[0])
    these = model._default_manager.filter(pk__in=[row.pk for row in rows])
    return by_thing(due_dates(these, reader, states={row.state for row in rows}))
