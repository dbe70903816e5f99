"""Conditions of 退回补正: how often, until when, what counts as an answer."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.clock import now
from common.gates import gate
from ventures.content import Written
from ventures.corrections import is_answered, open_correction
from ventures.models import Venture


@gate("withdraw", label=gettext_lazy("It was never returned for correction"))
def was_never_returned(venture: Venture) -> Any:
    """A draft is open in every field: what a correction keeps shut would be open by this way."""
    return not venture.corrections or _("It was returned for correction; what was corrected can not be withdrawn.")


@gate("return_for_correction", label=gettext_lazy("Corrections are left"))
def corrections_are_left(venture: Venture) -> Any:
    allowed = venture.round.max_corrections
    return venture.corrections < allowed or _("It was returned %(n)s time(s); the round allows %(max)s.") % {
        "n": venture.corrections,
        "max": allowed,
    }


@gate("resubmit", label=gettext_lazy("The correction is in time"))
def correction_is_in_time(venture: Venture, at: datetime | None = None) -> Any:
    due = venture.correction_due_on
    return due is None or localdate(at or now()) <= due or _("The correction was due on %(due)s.") % {"due": due}


@gate("resubmit", label=gettext_lazy("What was asked is answered"))
def the_correction_is_answered(venture: Venture, answered: bool | None = None) -> Any:
    """`answered` is what the action has found behind the lock."""
    correction = open_correction(venture)
    if correction is None or (is_answered(correction, Written(venture)) if answered is None else answered):
        return True
    pins = list(correction.pins.all())
    return _(
        "Nothing has changed in the %(n)s field(s) that were returned: %(fields)s. "
        "Correct them, or write to the staff why they stay as they are."
    ) % {"n": len(pins), "fields": "、".join(pin.label for pin in pins)}
