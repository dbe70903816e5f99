"""What waits at the desk by the table of states, and rounds whose call is over."""

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
from ventures.work import queues_of_pages


@todo_source("ventures.read_desk")
def by_state(user: Any) -> Iterable[Queue]:
    return queues_of_pages(user)


@todo_source("ventures.read_desk")
def calls_to_close(user: Any) -> Iterable[Queue]:
    over = Round.objects.filter(state=RoundState.OPEN, closes_at__lt=now())
    yield Queue(
        _("Calls to close"), over, reverse("desk_rounds"), "rounds.run", F("closes_at"), holder=Holder.STAFF.label
    )
