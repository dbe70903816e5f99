"""By when a venture is shown."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from showcases.models import Event
from ventures.application.due import last_day
from ventures.due import due
from ventures.states import Holder, State


@due("showcase", State.EVALUATED, label=_("Showcase"), holder=Holder.STAFF, may="showcases.hold")
def showcase(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The day of the event at which it is to be shown."""
    planned = Event.objects.filter(exhibits__venture=OuterRef("pk"), held_at=None).order_by("ends_at", "pk")
    waiting = rows.annotate(ends=Subquery(planned.values("ends_at")[:1]))
    return waiting.annotate(due_day=last_day("ends"))
