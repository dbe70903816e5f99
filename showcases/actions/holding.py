"""The day itself, and what is recorded after it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import minute, now
from common.errors import Conflict, NotReady
from common.machine.door import move, move_many
from common.models import record
from common.wording import labelled
from rounds.models import Round
from rounds.states import RoundState
from showcases.actions.checks import EXHIBITABLE, still_open
from showcases.models import Event
from ventures.models import Venture
from ventures.states import State


@transaction.atomic
def hold(event: Event, *, by: Any) -> Event:
    """The event took place: its evaluated exhibits are shown, the rounds that it launches open. All or nothing.

    Returns the event; its `not_evaluated` lists exhibited ventures that wait for their final evaluation: they are
    recorded one by one later (`record_showing`). Raises NotAllowed; Conflict before it begins or when it was held;
    NotReady with the round and what its call still lacks.
    """
    row = still_open(event, by, "showcases.hold")
    if now() < row.starts_at:
        raise Conflict(
            _("%(event)s begins at %(at)s; it can not be recorded as held before.")
            % {"event": row, "at": minute(row.starts_at)}
        )
    row.held_at = event.held_at = now()
    row.is_public = event.is_public = True  # What took place, and what it launched, is no secret.
    row.save(update_fields=["held_at", "is_public"])
    ventures = [e.venture for e in row.exhibits.select_related("venture")]
    move_many(
        [v for v in ventures if v.state == State.EVALUATED],
        "show",
        by=by,
        note=row.name,
    )
    for round_ in row.launches.filter(state=RoundState.PREPARING).select_related("series"):
        _open_call(round_, row, by)
    waiting = EXHIBITABLE - {State.EVALUATED, State.SHOWN, State.CLOSED}
    row.not_evaluated = [v for v in ventures if v.state in waiting]
    event.not_evaluated = row.not_evaluated
    record(row, "hold", by=by, exhibits=len(ventures), not_evaluated=len(row.not_evaluated))
    return row


def record_showing(venture: Venture, *, by: Any) -> Venture:
    """A venture that was on show before its final evaluation has passed it now. NotReady when it was never shown."""
    event = Event.objects.filter(exhibits__venture=venture, held_at__isnull=False).first()
    return move(venture, "show", by=by, note=event.name if event else "")


def _open_call(round_: Round, event: Event, by: Any) -> None:
    try:
        move(round_, "open", by=by, note=event.name)
    except NotReady as e:
        raise NotReady(labelled(round_, reason) for reason in e.reasons) from e
