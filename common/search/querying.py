"""Finding. Never more than BOUND candidates are looked at for one page, so a page costs the same at any size.

Of the grams of a query the rarest is taken. If it is rare, its things are the candidates; else, if the list itself is
short (a state with few ventures), those; else the newest BOUND of the rarest gram, and the next page goes on behind
them. Every candidate's text is compared with every word.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet
from django.http import HttpRequest

from common.models.search import SearchGram, SearchText
from common.normal_forms import sought
from common.search.grams import grams_for, needles_of, packed
from common.search.indexing import kinds
from common.site.paging import PAGE, Count, bounded_count, newest_first, row_number
from common.text import clean, half_width

BOUND = 300
NUMBER = re.compile(r"[A-Z0-9]+-[0-9]+")  # as numbers are given: HC2020-001
MOST_TERMS, LONGEST_TERM = 30, 300


@dataclass(frozen=True)
class Found:
    """Keys of matches, newest first. `rest`: only down to this key was everything looked through (None: to the end)."""

    keys: list[int]
    rest: int | None = None


def matching(rows: QuerySet[Any], kind: str, query: str, before: int | None = None) -> Found:
    """Those of `rows` (what the reader may see, filtered) that contain every word of `query`; five queries at most."""
    needles, number = needles_of(query), kinds[kind].number
    if len(needles) > MOST_TERMS or max(map(len, needles), default=0) > LONGEST_TERM:
        return Found([])  # nothing is called so, and the comparison below has its limits too
    grams = [packed(number, gram) for gram in grams_for(needles)]
    if not grams:
        return Found([])
    if before is not None:
        rows = rows.filter(pk__lt=before)
    n, rarest = min(zip(_counted(grams, before), grams, strict=True))
    if n == 0:
        return Found([])
    rows = rows.order_by("-pk").select_related(None)
    if n > BOUND and (called := _called_so(rows, kind, query)):
        return Found(called)
    short = list(rows.values_list("pk", flat=True)[: BOUND + 1])
    if not short:
        return Found([])
    indexed = SearchGram.objects.filter(gram=rarest).order_by("-subject_id")
    if len(short) <= min(n, BOUND):
        indexed = indexed.filter(subject_id__in=short)
    else:
        # Nothing above the newest of the list can be in it: an old round does not begin at today's ventures.
        indexed = indexed.filter(subject_id__lte=short[0])
    candidates = list(indexed.values_list("subject_id", flat=True)[: BOUND + 1])
    rest = candidates.pop() + 1 if len(candidates) > BOUND else None
    # By key, not by EXISTS of each row: PostgreSQL made of that one comparison of every text there is.
    texts = SearchText.objects.filter(kind=number, subject_id__in=candidates)
    for needle in needles:
        texts = texts.filter(text__contains=needle)
    return Found(list(rows.filter(pk__in=texts.values("subject_id")).values_list("pk", flat=True)), rest)


def _called_so(rows: QuerySet[Any], kind: str, query: str) -> list[int]:
    """Those that are called exactly so. Every three digits of a number are frequent where there are 100,000: it would
    not be among the candidates. One query, of a number only."""
    column, number = kinds[kind].whole, half_width(query)
    if not column or not NUMBER.fullmatch(number):
        return []
    return list(rows.filter(**{column: number}).values_list("pk", flat=True)[:BOUND])


def _counted(grams: list[int], before: int | None) -> list[int]:
    """How many things each gram has, up to BOUND + 1. One query."""
    some = f"SELECT 1 FROM {SearchGram._meta.db_table} WHERE gram = %s"
    if before is not None:
        some += f" AND subject_id < {before:d}"
    each = f"(SELECT count(*) FROM ({some} LIMIT {BOUND + 1}) AS counted)"
    with connections[router.db_for_read(SearchGram)].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([each] * len(grams)), grams)
        return list(cursor.fetchone())


@dataclass(frozen=True)
class Page:
    """One page of a list. `count` is of the whole list, None where only a part of it is known."""

    rows: list[Any]
    next_key: int | None
    count: Count | None
    query: str = ""
    is_partial: bool = False  # the page is not full, yet there is more to look through


def asked(request: HttpRequest) -> str:
    """The search terms: `?q=`, cleaned; a form would drop what it does not like and show everything."""
    return sought(clean(request.GET.get("q", "")))


def newest_matching(rows: QuerySet[Any], request: HttpRequest, kind: str, size: int = PAGE) -> Page:
    """Rows by falling id behind `?before=`, all of them or, with `?q=`, those that match it."""
    before, query = row_number(request.GET.get("before", "")), asked(request)
    if not query:
        shown, next_key = newest_first(rows, request, size)
        return Page(shown, next_key, bounded_count(rows))
    found = matching(rows, kind, query, before)
    keys, next_key = found.keys[:size], found.rest
    if len(found.keys) > size:
        next_key = keys[-1]
    known = before is None and (keys or found.rest is None)
    count = Count(len(found.keys), found.rest is not None) if known else None
    shown = list(rows.filter(pk__in=keys).order_by("-pk")) if keys else []
    return Page(shown, next_key, count, query, next_key is not None and len(keys) < size)
