"""Which fields of an application may be changed now."""

from django.utils.translation import gettext_lazy as _

from ventures.models import Pin, Venture
from ventures.states import State

STAMP = "stamp"  # the path of the stamped form in pins and in what is missing
STAMP_LABEL = _("Stamped scan of the application")
EDITABLE = frozenset({State.DRAFT, State.RETURNED})


def open_paths(venture: Venture) -> set[str] | None:
    """Paths that may be changed; None for all (a draft). Of a returned application those that its correction pins."""
    if venture.state != State.RETURNED:
        return None
    pins = Pin.objects.filter(correction__venture=venture.pk, correction__answered_by=None)
    return set(pins.values_list("path", flat=True))
