"""What the desk asks of notices: what is published and still open, and what waits to be published."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from common.money import total
from rounds.models import Round
from ventures.models import Notice, Objection, Venture
from ventures.states import State
from ventures.visibility import knows_selection

MOST_FILED = 500  # on one page


def notices(user: Any) -> QuerySet[Notice]:
    """Notices with their lines, and the ventures and objections still open on them, counted."""
    seen = Venture.objects.visible_to(user)
    open_ = Objection.objects.filter(notice=OuterRef("pk"), state__in=Objection.OPEN).order_by().values("notice")
    return (
        Notice.objects.filter(lines__venture__in=seen)
        .select_related("round__series")
        .annotate(
            n=Count("lines", distinct=True),
            waiting=Count("lines", filter=Q(lines__venture__state=State.ON_NOTICE), distinct=True),
            objections_open=Subquery(open_.annotate(n=Count("pk")).values("n")),
        )
        .order_by("-published_at")
    )


def filed_on(notice: Notice) -> list[Objection]:
    """Objections whose form nobody has ruled on, the oldest first; at most MOST_FILED of them. One query."""
    filed = notice.objections.filter(state=Objection.State.FILED).select_related("venture")
    return list(filed.order_by("filed_at", "pk")[:MOST_FILED])


def rounds_to_publish(user: Any) -> list[Round]:
    """Rounds with proposed ventures, with how many and how much, for who may know it."""
    if not knows_selection(user):
        return []
    return list(
        Round.objects.filter(ventures__state=State.PROPOSED)
        .select_related("series")
        .annotate(
            proposed=Count("ventures", filter=Q(ventures__state=State.PROPOSED)),
            money=total("ventures__awarded", filter=Q(ventures__state=State.PROPOSED)),
        )
    )
