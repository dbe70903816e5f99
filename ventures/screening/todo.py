"""What waits in the screening beside the applications themselves."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.site.todo import Queue
from ventures.states import State
from ventures.waiting import Seen, queue_of, venture_queues


@venture_queues("ventures.read_desk")
def corrections_overdue(seen: Seen) -> Iterable[Queue]:
    yield queue_of(
        seen,
        State.RETURNED,
        _("Corrections overdue"),
        reverse("desk_ventures") + "?state=returned",
        when="correction_is_overdue",
        only=Q(correction_due_on__lt=today()),
        since=F("correction_due_on"),
        due=F("correction_due_on"),
    )
