"""Keyset paging: the next page starts behind the last row seen, so that page 1,000 costs what page 1 costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

PAGE = 30
COUNTED = 1000  # rows at most: how many there are beyond nobody needs, and counting them takes ever longer


def row_number(text: str) -> int | None:
    """The key of a row as it stands in an address; None for anything else. Python refuses to read 4,301 digits."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def newest_first(rows: QuerySet[Any], request: HttpRequest, size: int = PAGE) -> tuple[list[Any], int | None]:
    """Rows by falling id behind `?before=`, and the key of the next page (None: this was the last)."""
    if (before := row_number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=before)
    page = rows.order_by("-pk")
    if rows.query.annotations:  # SQLite would work them out for every row that it puts in order, not for the page's
        found = list(page.filter(pk__in=page.values("pk")[: size + 1]))
    else:
        found = list(page[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


@dataclass(frozen=True)
class Count:
    """How many; `more`: at least so many."""

    n: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.n > 0 or self.more

    def __str__(self) -> str:
        return _("%(n)s or more") % {"n": self.n} if self.more else str(self.n)


def bounded_count(rows: QuerySet[Any]) -> Count:
    """At most COUNTED rows are counted."""
    return _count(rows.order_by()[: COUNTED + 1].count(), COUNTED)


def bounded_counts(lists: Mapping[str, QuerySet[Any]], most: int | None = None) -> dict[str, Count]:
    """The same for several lists in one query, at most `most` (None: COUNTED) rows of each."""
    if not lists:
        return {}
    most = COUNTED if most is None else most
    each, params = [], []
    for rows in lists.values():
        sql, given = _sql(rows.order_by().values("pk")[: most + 1])
        each.append(f"(SELECT count(*) FROM ({sql}) AS listed)")
        params += given
    with connections[next(iter(lists.values())).db].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(each), params)
        return {name: _count(n, most) for name, n in zip(lists, cursor.fetchone(), strict=True)}


def bounded_minima(lists: Mapping[str, QuerySet[Any]]) -> dict[str, Any]:
    """The least value of each list of single values named `value`, as the database gives it; one query. Slice them."""
    each, params = [], []
    for rows in lists.values():
        sql, given = _sql(rows)
        each.append(f"(SELECT min(value) FROM ({sql}) AS listed)")
        params += given
    with connections[next(iter(lists.values())).db].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(each), params)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def _sql(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """What Django would ask; it does not even compile a list that cannot have rows (nothing is this reader's to see)."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL AS value WHERE 1 = 0", ()


def _count(n: int, most: int) -> Count:
    return Count(min(n, most), n > most)
