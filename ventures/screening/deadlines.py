"""What the calendar does by itself: corrections that are overdue are refused. They are called to mind as all that is due
(`due.py`)."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Conflict
from common.machine.actors import SYSTEM
from rounds.models import Round
from ventures.models import RefusalReason, Venture
from ventures.screening.actions import refuse
from ventures.states import State

log = logging.getLogger("hongchuang.ventures")


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
