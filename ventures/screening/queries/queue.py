"""The queue: who waits for screening since when, filtered and page by page, with what should catch the eye."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from common import search
from common.clock import now, today
from common.machine.due import SOON_DAYS, is_overdue, is_soon
from rounds.models import CheckItem
from ventures.eligibility.duplicates import comparable
from ventures.models import CheckAnswer, Remark, Venture
from ventures.search_index import KIND
from ventures.states import Group, State, in_group, in_order
from ventures.visibility_by_role import entered_by_staff

PAGE = 25
QUEUE_STATES = in_order(in_group(Group.SCREENING) | {State.ELIGIBLE})  # what waits, and what became of it
ORDER = ("submitted_at", "pk")  # the longest waiting first
FLAGS = ("due_soon", "overdue", "corrected", "for_applicant", "message", "duplicate")


def filtered(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures in the screening that `user` may see, the longest waiting first."""
    rows = Venture.objects.visible_to(user).filter(state=filters.get("state") or State.SUBMITTED)
    for name in ("round", "platform"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if town := filters.get("town"):
        rows = rows.filter(Q(place=town) | Q(place__parent=town))
    if days := filters.get("waiting"):
        rows = rows.filter(submitted_at__lte=now() - timedelta(int(days)))
    if terms := filters.get("q"):
        rows = rows.filter(pk__in=search.matching(rows, KIND, terms).keys)
    if flag := filters.get("flag"):
        rows = (_with_signs(rows) if flag in SIGNS else rows).filter(FLAG_FILTERS[flag]())
    return rows.select_related("round__series", "organization").order_by(*ORDER)


def _with_signs(rows: QuerySet[Venture]) -> Any:
    """What flags are read from and does not stand on the row. A suspected duplicate is what cheap signs say; the page of
    the venture compares. Every sign is looked up in an index, for the rows of one page or where it is filtered by."""
    last_from_desk = Remark.objects.filter(venture=OuterRef("pk")).order_by("-pk").values("from_desk")[:1]
    others = comparable().exclude(pk=OuterRef("pk"))
    account = others.filter(organization__bank_account=OuterRef("organization__bank_account"))
    return rows.annotate(
        last_from_desk=Subquery(last_from_desk),
        same_title=Exists(others.filter(title=OuterRef("title"))),
        same_account=Exists(account.exclude(organization=OuterRef("organization"))),
        has_account=~Q(organization__bank_account=""),
    )


SIGNS = {"message", "duplicate"}
FLAG_FILTERS: Mapping[str, Any] = {
    "due_soon": lambda: Q(state=State.RETURNED, correction_due_on__range=(today(), today() + timedelta(SOON_DAYS))),
    "overdue": lambda: Q(state=State.RETURNED, correction_due_on__lt=today()),
    "corrected": lambda: Q(state=State.SUBMITTED, corrections__gt=0),
    "for_applicant": entered_by_staff,
    "message": lambda: Q(last_from_desk=False),
    "duplicate": lambda: Q(same_title=True) | Q(same_account=True, has_account=True),
}


def flags_of(rows: Iterable[Venture]) -> dict[int, list[str]]:
    """Venture → what should catch the eye. One query."""
    signs = _with_signs(Venture.objects.filter(pk__in=[v.pk for v in rows])).order_by()
    return {row.pk: _flags(row) for row in signs}


def _flags(row: Any) -> list[str]:
    returned, due = row.state == State.RETURNED, row.correction_due_on
    shown = {
        "due_soon": returned and due is not None and is_soon(due),
        "overdue": returned and due is not None and is_overdue(due),
        "corrected": row.state == State.SUBMITTED and row.corrections > 0,
        "for_applicant": row.entered_by_staff,
        "message": row.last_from_desk is False,
        "duplicate": row.same_title or (row.same_account and row.has_account),
    }
    return [flag for flag in FLAGS if shown[flag]]


@dataclass(frozen=True)
class QueuePage:
    rows: list[Any]
    next_key: int | None  # of the next page
    flags: dict[int, list[str]]
    acceptable: set[int]  # whose checklist is complete


def page_of(rows: QuerySet[Venture], after: int | None) -> QueuePage:
    """A page behind the venture `after`; five queries, four without `after`."""
    found = list(behind(rows, after)[: PAGE + 1])
    shown = found[:PAGE]
    return QueuePage(shown, shown[-1].pk if len(found) > PAGE else None, flags_of(shown), acceptable(shown))


def behind(rows: QuerySet[Venture], after: int | None) -> QuerySet[Venture]:
    """Rows behind a venture that need not be among them any more."""
    key = Venture.objects.filter(pk=after).values_list(*ORDER).first() if after else None
    if key is None or key[0] is None:
        return rows
    return rows.filter(Q(submitted_at__gt=key[0]) | Q(submitted_at=key[0], pk__gt=key[1]))


def neighbours(rows: QuerySet[Venture], venture: Venture) -> tuple[int | None, int | None]:
    """The venture before and the one behind, by the same filters. Two queries."""
    at = venture.submitted_at
    if at is None:
        return None, None
    plain = rows.select_related(None).values_list("pk", flat=True)
    before = plain.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=venture.pk))
    after = plain.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=venture.pk))
    return before.order_by(F("submitted_at").desc(), "-pk").first(), after.first()


def acceptable(rows: Iterable[Venture]) -> set[int]:
    """Of these, the submitted ones whose checklist is met in every line. Two queries."""
    waiting = [v for v in rows if v.state == State.SUBMITTED]
    if not waiting:
        return set()
    items: dict[int, set[int]] = defaultdict(set)
    for round_id, item in CheckItem.objects.filter(round__in={v.round_id for v in waiting}).values_list("round", "pk"):
        items[round_id].add(item)
    met: dict[int, set[int]] = defaultdict(set)
    answers = CheckAnswer.objects.filter(venture__in=[v.pk for v in waiting], met=True)
    for venture_id, item in answers.values_list("venture", "item"):
        met[venture_id].add(item)
    return {v.pk for v in waiting if items[v.round_id] <= met[v.pk]}
