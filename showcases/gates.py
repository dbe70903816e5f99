"""Conditions of the showcase on the moves of a venture."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.machine.gates import RemedyLink
from showcases.models import Event
from ventures.gates import gate
from ventures.models import Venture


def _was_exhibited(venture: Venture) -> bool:
    return Event.objects.filter(exhibits__venture=venture.pk, held_at__isnull=False).exists()


def _to_the_events(venture: Venture) -> list[RemedyLink]:
    """The event it is to be shown at, else all of them; and the page where the showcase is waived."""
    event = Event.objects.to_come().filter(exhibits__venture=venture.pk).order_by("starts_at").first()
    to_event = (
        RemedyLink(_("To the event: %(event)s") % {"event": event.name}, "desk_showcase", (event.pk,))
        if event
        else RemedyLink(_("To the showcases"), "desk_showcases")
    )
    return [to_event, RemedyLink(_("Waive the showcase"), "desk_venture_waiver", (venture.pk,))]


@gate("show", label=gettext_lazy("Shown at an event that was held"))
def was_exhibited_at_a_held_event(venture: Venture) -> Any:
    return _was_exhibited(venture) or _("%(venture)s was not on show at any event that has been held.") % {
        "venture": venture
    }


@gate(
    "close",
    label=gettext_lazy("The outcome is shown, or the showcase is waived with a reason"),
    link=_to_the_events,
)
def shown_or_waived(venture: Venture) -> bool:
    return bool(venture.showcase_waived.strip()) or _was_exhibited(venture)
