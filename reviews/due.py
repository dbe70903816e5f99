"""By when the experts score."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.machine import due as registry
from reviews.models import Review
from ventures.application.due import last_day
from ventures.due import OF, STAFF
from ventures.states import Holder, State


def _open_of(things: Any) -> QuerySet[Review]:
    return Review.objects.filter(venture__in=things, state=Review.State.ASSIGNED)


def experts(things: Collection[int]) -> Mapping[int, Collection[int]]:
    """Venture → the experts who have still to score it. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    for venture, expert in _open_of(things).values_list("venture", "expert"):
        found[venture].append(expert)
    return found


@registry.due(
    "scores", of=OF, states={State.IN_REVIEW}, label=_("Scores"), holder=Holder.EXPERTS.label, people=experts, staff=STAFF,
    read="reviews.read_due_dates", page=lambda pk: reverse("review_home"), home="review_home",
)  # fmt: skip
def scores(rows: QuerySet[Any]) -> QuerySet[Any]:
    """While somebody of the panel has not scored."""
    missing = Review.objects.filter(venture=OuterRef("pk"), state=Review.State.ASSIGNED)
    return rows.filter(Exists(missing)).annotate(due_day=last_day("round__panel__due_at"))
