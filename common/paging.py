"""Keyset paging: the next page starts behind the last row seen, so that page 1,000 costs what page 1 costs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 30


def row_number(text: str) -> int | None:
    """The key of a row as it stands in an address; None for anything else. Python refuses to read 4,301 digits."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def newest_first(rows: QuerySet[Any], request: HttpRequest, size: int = PAGE) -> tuple[list[Any], int | None]:
    """Rows by falling id behind `?before=`, and the key of the next page (None: this was the last)."""
    if (before := row_number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
