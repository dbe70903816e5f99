"""What waits before, on and after the public notice."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.site.todo import Queue
from ventures.models import NoticeLine, Objection
from ventures.states import Holder, State
from ventures.waiting import Seen, queue_of, venture_queues


@venture_queues("ventures.read_desk")
def notices_and_objections(seen: Seen) -> Iterable[Queue]:
    listed = reverse("desk_notices")
    yield queue_of(seen, State.PROPOSED, _("To put on notice"), listed)
    filed = Objection.objects.filter(venture__in=seen, state__in=Objection.OPEN)
    may = "ventures.rule_on_objections"
    yield Queue(_("Objections to rule on"), filed, listed, may, F("filed_at"), holder=Holder.MANAGER.label)
    # The first row rather than EXISTS: PostgreSQL would collect the lines of every notice there ever was.
    lines = NoticeLine.objects.filter(venture=OuterRef("pk")).order_by("notice__closes_on")
    over = Subquery(lines.values("notice__closes_on")[:1])
    objected = Objection.objects.filter(venture=OuterRef("pk"), state__in=Objection.OPEN)
    to_award = queue_of(
        seen, State.ON_NOTICE, _("To award"), listed, when="notice_is_over", only=~Q(Exists(objected)), since=over
    )
    yield replace(to_award, rows=to_award.rows.alias(over=over).filter(over__lt=today()))
