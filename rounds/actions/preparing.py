"""The door to a round in preparation: from the opening of the call on, nothing of its set-up is changed here."""

from typing import Any

from django.utils.translation import gettext as _

from common.errors import Conflict, NotAllowed, Stale
from common.models import JournalEntry, record
from rounds.cards import CARDS
from rounds.models import Round
from rounds.queries import Stored
from rounds.states import RoundState


def locked(round: Round, *, by: Any) -> Round:
    """The round as it is now, locked against its opening. Raises NotAllowed; Conflict once the call has opened."""
    if not by.has_perm("rounds.set_up", round):
        raise NotAllowed
    row = Round.objects.select_for_update(of=("self",)).select_related("series", "platform").get(pk=round.pk)
    if row.state != RoundState.PREPARING:
        raise Conflict(
            _("%(round)s is “%(state)s”: its rules are frozen. What has to change is published as an amendment.")
            % {"round": row, "state": row.get_state_display()}
        )
    return row


def check_base_digest(round: Round, card: str, there: Stored, base_digest: str | None) -> None:
    """Raises Stale when somebody has saved the card since it was read. Without `base_digest` nothing was read."""
    if base_digest is None or base_digest == there.digest:
        return
    last = JournalEntry.objects.of(round).filter(verb="set_up", facts__card=card).last()
    raise Stale(
        _("%(who)s has saved “%(card)s” while you had it open. Nothing of yours is saved yet: compare and save again.")
        % {"who": last.by_name if last else _("Another clerk"), "card": CARDS[card].label}
    )


def written(round: Round, card: str, *, by: Any, **facts: Any) -> None:
    record(round, "set_up", by=by, note=str(CARDS[card].label), card=card, **facts)
