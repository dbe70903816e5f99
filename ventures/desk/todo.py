"""Rounds that wait for the desk: their call is over."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.site.todo import Queue, todo_source
from rounds.models import Round
from rounds.states import RoundState
from ventures.states import Holder


@todo_source("ventures.read_desk")
def calls_to_close(_user: Any) -> Iterable[Queue]:
    over = Round.objects.filter(state=RoundState.OPEN, closes_at__lt=now())
    yield Queue(
        _("Calls to close"), over, reverse("desk_rounds"), "rounds.run", F("closes_at"), holder=Holder.STAFF.label
    )
