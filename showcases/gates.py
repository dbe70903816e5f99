"""Conditions of the showcase on the moves of a venture."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.gates import gate
from showcases.models import Event
from ventures.models import Venture


def _was_exhibited(venture: Venture) -> bool:
    return Event.objects.filter(exhibits__venture=venture.pk, held_at__isnull=False).exists()


@gate("show", label=gettext_lazy("Shown at an event that was held"))
def was_exhibited_at_a_held_event(venture: Venture) -> Any:
    return _was_exhibited(venture) or _("%(venture)s was not on show at any event that has been held.") % {
        "venture": venture
    }


@gate(
    "close",
    label=gettext_lazy("The outcome is shown, or the showcase is waived with a reason"),
)
def shown_or_waived(venture: Venture) -> bool:
    return bool(venture.showcase_waived.strip()) or _was_exhibited(venture)
