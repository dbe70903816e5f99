"""待办: one list of what waits for a person. Rooms hand in their work when they start, as they hang parts on pages.

@todo_source("ventures.read_desk")      # asked for whoever has this permission
def to_screen(user):
    yield Queue(_("To screen"), rows, url=…, may="ventures.screen", since=F("state_since"))

An `Item` is one thing that waits for this person. A `Queue` is many things that wait for the same work: it is counted
and dated in the database, never fetched, and becomes one item, or none when nothing waits.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from common.clock import now
from common.deadlines import start_of
from common.machine import due as due_dates
from common.site.paging import Count, bounded_counts, bounded_minima

# A round has some 300 ventures. Each queue is counted and dated on every visit, so that numbers stay small.
COUNTED = 400  # of a queue
LOOKED_AT = 100  # of a queue, from its beginning, for how long its oldest has waited


@dataclass(frozen=True)
class Item:
    """What is to be done, with what, since when and until when, and on which page (`url`, opened by `action`)."""

    task: Any
    url: str
    since: datetime | None = None
    due: date | None = None
    thing: Any = ""  # of one thing: which
    about: str = ""  # and the page that shows it
    note: Any = ""  # and what else the person has to know: reasons, whose it is
    action: Any = ""
    count: Count | None = None  # of many: how many
    holder: Any = ""  # in whose hands it is, in words
    is_mine: bool = True

    @property
    def days(self) -> int:
        """How long it has waited."""
        return (now() - self.since).days if self.since else 0

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and due_dates.is_overdue(self.due)

    @property
    def is_soon(self) -> bool:
        return self.due is not None and due_dates.is_soon(self.due)

    @property
    def due_told(self) -> str:
        """Of what has a due date."""
        return due_dates.time_told(self.due) if self.due else ""


@dataclass(frozen=True)
class Queue:
    """Much work of one kind. `may` makes it somebody's part; `since` and `due` are expressions on a row."""

    task: Any
    rows: QuerySet[Any]
    url: str
    may: str
    since: Any = None
    due: Any = None
    holder: Any = ""


Source = Callable[[Any], Iterable[Item | Queue]]
_sources: list[tuple[str, Source]] = []


def todo_source(may: str) -> Callable[[Source], Source]:
    """Hand in work of a room for everybody with the permission `may`. Called when the room starts."""

    def register(source: Source) -> Source:
        _sources.append((may, source))
        return source

    return register


def todo(user: Any) -> list[Item]:
    """What waits, for this person first, the oldest on top. However many queues there are, two queries count and date
    them; what is empty is left out."""
    handed_in = [work for may, source in _sources if user.has_perm(may) for work in source(user)]
    items = [work for work in handed_in if isinstance(work, Item)]
    items += _gathered([work for work in handed_in if isinstance(work, Queue)], user)
    return sorted(items, key=lambda item: (not item.is_mine, item.since is None, item.since or now()))


def _gathered(queues: list[Queue], user: Any) -> list[Item]:
    if not queues:
        return []
    counts = bounded_counts({str(n): queue.rows for n, queue in enumerate(queues)}, COUNTED)
    dates = bounded_minima(
        {
            f"{n} {name}": queue.rows.order_by("pk").annotate(value=expression).values("value")[:LOOKED_AT]
            for n, queue in enumerate(queues)
            for name, expression in (("since", queue.since), ("due", queue.due))
            if expression is not None
        }
    )
    return [_item(queue, counts[str(n)], dates, n, user) for n, queue in enumerate(queues) if counts[str(n)]]


def _item(queue: Queue, count: Count, dates: Mapping[str, Any], n: int, user: Any) -> Item:
    due = _moment(dates.get(f"{n} due"))
    return Item(
        task=queue.task,
        url=queue.url,
        since=_moment(dates.get(f"{n} since")),
        due=localdate(due) if due else None,
        count=count,
        holder=queue.holder,
        is_mine=user.has_perm(queue.may),
    )


def _moment(told: date | datetime | str | None) -> datetime | None:
    """Aware; a day is its beginning. SQLite answers in text, moments in UTC."""
    if isinstance(told, str):
        told = date.fromisoformat(told) if len(told) == 10 else datetime.fromisoformat(told)
        if isinstance(told, datetime) and told.tzinfo is None:
            told = told.replace(tzinfo=UTC)
    if told is None or isinstance(told, datetime):
        return told
    return start_of(told)
