"""A list in the order of one of its columns, a page by key.

Behind the last row seen means: with the same value and a key beyond its key, or with a value beyond its value; rows
without a value come last, upwards and downwards. Each part is asked for by itself, because then an index on (column,
id) serves it; one condition with OR is read row by row from the beginning.

However large the table is, a page looks at no more than WINDOW of its rows and COUNTED of the list:

1. a list of its whole table walks down the index and takes what belongs to it;
2. a list that is filtered, or is a small part of its table, is put in order if it has COUNTED rows at most;
3. what is longer can not be put in order, and says so: narrower filters make it short.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import F, Field, QuerySet
from django.db.models.functions import Coalesce

from common.site.paging import COUNTED, row_number

WINDOW = 1000


@dataclass(frozen=True)
class Sort:
    """By which field of the model; "pk" is the order in which rows came."""

    field: str
    falls: bool


@dataclass(frozen=True)
class Place:
    """A row and its value: the page begins behind it."""

    key: int
    value: Any


@dataclass(frozen=True)
class Sorted:
    """A page and what the address of the next one says."""

    rows: list[Any]
    next_key: str | None


def in_order(rows: QuerySet[Any], sort: Sort, before: str, size: int, *, walks: bool) -> Sorted | None:
    """A page of `rows` behind the place that `before` names (the first page: ""); None: the list is too long.

    `walks`: nearly every row of the table belongs to the list.
    """
    if sort.field == "pk":
        return _by_key(rows, sort, before, size)
    place = _place(rows, sort, before)
    found = _walked(rows, sort, place, size) if walks else None
    if found is None:  # few of the table are in the list
        keys = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
        if len(keys) > COUNTED:
            return None
        found = _of_few(rows, keys, sort, place, size)
    return _page(rows, found, size)


def few_in_order(rows: QuerySet[Any], keys: list[int], sort: Sort, before: str, size: int) -> Sorted:
    """The same of those of `rows` that have one of these keys (a search found them)."""
    if sort.field == "pk":
        return _by_key(rows.filter(pk__in=keys), sort, before, size)
    return _page(rows, _of_few(rows, keys, sort, _place(rows, sort, before), size), size)


def _by_key(rows: QuerySet[Any], sort: Sort, before: str, size: int) -> Sorted:
    if (key := row_number(before)) is not None:
        rows = rows.filter(**{"pk__lt" if sort.falls else "pk__gt": key})
    found = list(rows.order_by("-pk" if sort.falls else "pk")[: size + 1])
    return Sorted(found[:size], str(found[size - 1].pk) if len(found) > size else None)


def _walked(rows: QuerySet[Any], sort: Sort, place: Place | None, size: int) -> list[Place] | None:
    """What of the next WINDOW rows of the table is in the list; None if that does not fill a page and goes on."""
    seen = _first(rows.model._default_manager.all(), sort, place, WINDOW, F(sort.field))
    listed = set(rows.order_by().filter(pk__in=[p.key for p in seen]).values_list("pk", flat=True))
    found = [p for p in seen if p.key in listed]
    return found if len(found) > size or len(seen) < WINDOW else None


def _of_few(rows: QuerySet[Any], keys: list[int], sort: Sort, place: Place | None, size: int) -> list[Place]:
    # By an expression that no index knows: the database must not walk through the whole table to find these few.
    by = Coalesce(sort.field, sort.field)
    return _first(rows.model._default_manager.filter(pk__in=keys), sort, place, size + 1, by)


def _first(rows: QuerySet[Any], sort: Sort, place: Place | None, most: int, by: F | Coalesce) -> list[Place]:
    """The first `most` behind `place`; as many queries as parts are needed to fill it."""
    found: list[Place] = []
    order: list[Any] = [by.desc(), "-pk"] if sort.falls else [by.asc(), "pk"]
    for part in _parts(rows, sort, place):
        asked = part.order_by(*order).values_list("pk", sort.field)
        found += [Place(*row) for row in asked[: most - len(found)]]
        if len(found) >= most:
            break
    return found


def _parts(rows: QuerySet[Any], sort: Sort, place: Place | None) -> Iterator[QuerySet[Any]]:
    name, beyond, has_gaps = sort.field, "lt" if sort.falls else "gt", _field(rows, sort).null
    if place is None:
        yield rows.exclude(**{name: None}) if has_gaps else rows
    elif place.value is not None:
        yield rows.filter(**{name: place.value, f"pk__{beyond}": place.key})
        yield rows.filter(**{f"{name}__{beyond}": place.value})
    if place is not None and place.value is None:
        yield rows.filter(**{name: None, f"pk__{beyond}": place.key})
    elif has_gaps:
        yield rows.filter(**{name: None})


def _page(rows: QuerySet[Any], found: list[Place], size: int) -> Sorted:
    shown = found[:size]
    by_key = {row.pk: row for row in rows.filter(pk__in=[p.key for p in shown])} if shown else {}
    # Between two queries a row may have left the list.
    listed = [by_key[p.key] for p in shown if p.key in by_key]
    return Sorted(listed, _told(shown[-1]) if len(found) > size else None)


# --- A place in an address -------------------------------------------------------------------------------------------


def _told(place: Place) -> str:
    value = place.value
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"{place.key}:{text}"


def _place(rows: QuerySet[Any], sort: Sort, before: str) -> Place | None:
    """Read what `_told` wrote; anything else is no place."""
    key, colon, text = before.partition(":")
    if (number := row_number(key)) is None or not colon or "\x00" in text:
        return None
    field = _field(rows, sort)
    if field.null and not text:
        return Place(number, None)
    try:
        value = field.to_python(text)
        if isinstance(value, datetime) and value.tzinfo is None:
            return None
        field.get_db_prep_value(value, connections[rows.db])
    except (ValidationError, ArithmeticError, ValueError):
        return None
    return Place(number, value)


def _field(rows: QuerySet[Any], sort: Sort) -> "Field[Any, Any]":
    return rows.model._meta.get_field(sort.field)  # type: ignore[return-value]
