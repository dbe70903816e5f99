"""形式审查: the checklist, and accept, return or refuse."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import SYSTEM
from common.clock import today
from common.door import move
from common.errors import Conflict, Invalid, NotAllowed
from common.working_days import last_of_working_days
from ventures.models import CheckAnswer, CheckItem, Round, Venture
from ventures.states import State


@transaction.atomic
def answer_check(venture: Venture, *, by: Any, answers: Mapping[int, tuple[bool, str]]) -> None:
    """Answer lines of the checklist: item id → (met, evidence). Conflict once the application is decided."""
    if not by.has_perm("ventures.screen", venture):
        raise NotAllowed
    row = Venture.objects.select_for_update().get(pk=venture.pk)
    if row.state not in {State.SUBMITTED, State.RETURNED}:
        raise Conflict(
            _("%(venture)s is “%(state)s”; its checklist can not be changed any more.")
            % {"venture": row, "state": row.get_state_display()}
        )
    items = {item.pk: item for item in CheckItem.objects.filter(round=venture.round_id)}
    if strange := set(answers) - set(items):
        raise Invalid(_("Line %(n)s is not on the checklist of this round.") % {"n": min(strange)})
    for pk, (met, evidence) in answers.items():
        CheckAnswer.objects.update_or_create(
            venture=venture, item=items[pk], defaults={"met": met, "evidence": evidence, "by_name": str(by)}
        )


def accept(venture: Venture, *, by: Any, note: str = "") -> Venture:
    """受理: every line of the checklist is met."""
    return move(venture, "accept", by=by, note=note)


def return_for_correction(venture: Venture, *, by: Any, reason: str) -> Venture:
    """退回补正 with a reason; due in the round's number of working days."""
    _need(reason, "reason", _("Say what is to be corrected."))
    due = last_of_working_days(_tomorrow(), venture.round.correction_days)
    return move(venture, "return_for_correction", by=by, note=reason, due_on=due)


def refuse(venture: Venture, *, by: Any, reason: str) -> Venture:
    """不予受理 with a reason."""
    _need(reason, "reason", _("Say why the application is refused."))
    return move(venture, "refuse", by=by, note=reason)


def refuse_overdue(round: Round) -> int:
    """By the clock: corrections that were not handed in by their due date. Returns how many."""
    overdue = round.ventures.filter(state=State.RETURNED, correction_due_on__lt=today())
    for venture in overdue:
        move(
            venture,
            "refuse",
            by=SYSTEM,
            note=_("The correction was due on %(due)s and was not handed in.") % {"due": venture.correction_due_on},
        )
    return len(overdue)


def _tomorrow() -> Any:
    return today() + timedelta(1)


def _need(text: str, field: str, sentence: str) -> None:
    if not text.strip():
        raise Invalid({field: [sentence]})
