"""Events that are over and wait to be recorded as held."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.site.todo import Queue, todo_source
from showcases.models import Event
from ventures.states import Holder


@todo_source("showcases.read_plans")
def events_to_record(_user: Any) -> Iterable[Queue]:
    over = Event.objects.to_come().filter(ends_at__lt=now())
    yield Queue(
        _("Events to record as held"), over, reverse("desk_showcases"), "showcases.hold", F("ends_at"),
        holder=Holder.STAFF.label,
    )  # fmt: skip
