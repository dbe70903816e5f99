"""Take from a limit, before the work is done: so many at the same time are no more than the limit.

What was right is given back, where only wrong ones count. Nothing is limited by the account alone where others could keep its
owner out with that.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import singledispatch
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from common.clock import now
from common.limits.kinds import AtOnce, Limit, Rate, Stock
from common.models import Taken

KEPT = timedelta(days=2)  # rows say who came from where: no longer than the longest window needs


def take(limit: Limit, *, on_last: Callable[[], None] | None = None, **whose: Any) -> None:
    """Take one. `whose` names what the limit is per: account=…, address=…; of a Stock also `more`, how much comes to what is
    there (1). Raises TooMany when it is one more than the limit. `on_last` is called for the last that is let in."""
    _take(limit, on_last, whose)


@singledispatch
def _take(limit: Limit, on_last: Callable[[], None] | None, whose: dict[str, Any]) -> None:
    raise TypeError(f"{limit.name} is kept elsewhere")


@_take.register
def _take_over_time(limit: Rate, on_last: Callable[[], None] | None, whose: dict[str, Any]) -> None:
    rows = Taken.objects.filter(limit=limit.name, whose=limit.whose(whose))
    if (row := rows.first()) and limit.ends(row):
        limit.check(row)  # a flood is refused without asking for SQLite's only write lock
        free = rows.filter(since=row.since, count__lt=limit.most - bool(on_last))
        if free.update(count=F("count") + 1):
            return
    _take_in_turn(limit, limit.whose(whose), on_last)


def _take_in_turn(limit: Rate, key: str, on_last: Callable[[], None] | None) -> None:
    """The first of a window, the last that is let in, and who came at the same moment as another."""
    with transaction.atomic():
        row, new = Taken.objects.select_for_update().get_or_create(limit=limit.name, whose=key)
        if limit.ends(row) is None:
            row.count, row.since = 0, now()
        limit.check(row)
        row.count += 1
        row.save()
        if on_last and row.count == limit.most:
            on_last()
        if new:
            Taken.objects.filter(Q(since__lt=now() - KEPT) | Q(since__gt=now() + KEPT)).delete()


@_take.register
def _take_beside_what_is_there(limit: Stock, on_last: Callable[[], None] | None, whose: dict[str, Any]) -> None:
    more = whose.pop("more", 1)
    limit.whose(whose)
    if limit.present(**whose) + more > limit.most:
        raise limit.refused(limit.wait)


def give_back(limit: Rate, **whose: Any) -> None:
    """The try was right: it does not count."""
    _row(limit, whose).filter(count__gt=0).update(count=F("count") - 1)


def forget(limit: Rate, **whose: Any) -> None:
    """The right one has come: what was tried before does not count any more."""
    _row(limit, whose).delete()


def _row(limit: Rate, whose: dict[str, Any]) -> Any:
    return Taken.objects.filter(limit=limit.name, whose=limit.whose(whose))


@contextmanager
def held(limit: AtOnce, **whose: Any) -> Iterator[None]:
    """Inside this block one more is under way. Raises TooMany."""
    key = limit.whose(whose)
    with limit.guard:
        if limit.under_way[key] >= limit.most:
            raise limit.refused()
        limit.under_way[key] += 1
    try:
        yield
    finally:
        with limit.guard:
            limit.under_way[key] -= 1
            if not limit.under_way[key]:
                del limit.under_way[key]
