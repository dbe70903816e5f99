"""By when a round goes on: the end of its call and of its notice."""

from functools import partial
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.machine import due as registry
from rounds.states import RoundState, since
from ventures.application.due import last_day
from ventures.due import MANAGERS, STAFF
from ventures.models import Notice
from ventures.states import Holder

due = partial(
    registry.due, of="rounds.Round", read="ventures.read_desk", home="desk_home",
    page=lambda pk: reverse("desk_round", args=[pk]),
)  # fmt: skip


@due(
    "call",
    states={RoundState.OPEN},
    label=_("End of the call"),
    holder=Holder.STAFF.label,
    people=STAFF,
    staff=MANAGERS,
    may="rounds.run",
)
def call(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The office closes it after its last day."""
    return rows.annotate(due_day=last_day("closes_at"))


@due(
    "notice",
    states=since(RoundState.OPEN),
    label=_("End of the public notice"),
    holder=Holder.MANAGER.label,
    people=MANAGERS,
)
def notice(rows: QuerySet[Any]) -> QuerySet[Any]:
    """While it runs. What follows (the awards) no rule dates."""
    running = Notice.objects.filter(round=OuterRef("pk"), opens_on__lte=today(), closes_on__gte=today())
    first = Subquery(running.order_by("closes_on").values("closes_on")[:1])
    return rows.annotate(ends=first).filter(ends__isnull=False).annotate(due_day=F("ends"))
