"""Keyset paging: the next page starts behind the last row seen, so that page 1,000 costs what page 1 costs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 30


def newest_first(rows: QuerySet[Any], request: HttpRequest, size: int = PAGE) -> tuple[list[Any], int | None]:
    """Rows by falling id behind `?before=`, and the key of the next page (None: this was the last)."""
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
