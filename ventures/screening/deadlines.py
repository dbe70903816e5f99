"""What the calendar does by itself: corrections that are due soon are called to mind, overdue ones are refused."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Conflict, Invalid
from common.machine.actors import SYSTEM
from common.work_calendar.working_days import count_working_days
from rounds.models import Round
from ventures.models import Correction, RefusalReason, Venture
from ventures.notifications import remind_of_correction
from ventures.screening.actions import refuse
from ventures.states import State

log = logging.getLogger("hongchuang.ventures")

REMIND_BEFORE = 2  # working days


def refuse_overdue(round: Round | None = None) -> int:
    """Corrections that were not handed in by their due date, of one round or of all. Returns how many.

    One that is handed in at this very moment is left alone; one that fails holds up no other.
    """
    overdue = Venture.objects.filter(state=State.RETURNED, correction_due_on__lt=today()).order_by("pk")
    n = 0
    for venture in overdue.filter(round=round) if round else overdue:
        try:
            n += _refuse(venture)
        except Conflict:
            continue
        except Exception:
            log.exception("overdue correction of %s", venture)
    return n


@transaction.atomic
def _refuse(venture: Venture) -> bool:
    # A refusal is possible from “submitted” too: without this look, what has just been corrected would be refused.
    row = Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)
    if row.state != State.RETURNED or row.correction_due_on is None or row.correction_due_on >= today():
        return False
    reason = _("The correction was due on %(due)s and was not handed in.") % {"due": row.correction_due_on}
    refuse(row, by=SYSTEM, reason=reason, code=RefusalReason.OVERDUE)
    return True


def remind_of_corrections() -> int:
    """Once for each correction, when it is due in two working days or less. Returns how many were reminded."""
    n = 0
    soon = Correction.objects.filter(
        answered_by=None, venture__state=State.RETURNED, due_on__range=(today(), today() + timedelta(30))
    )
    for correction in soon.select_related("venture").order_by("pk"):
        try:
            if count_working_days(today() + timedelta(1), correction.due_on) <= REMIND_BEFORE:
                n += remind_of_correction(correction)
        except Invalid:  # a year whose working days nobody has entered
            continue
    return n
