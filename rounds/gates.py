"""Conditions of a round that need nothing but the round."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import deadlines
from common.clock import now
from common.machine import gates
from common.machine.gates import RemedyLink
from rounds.models import Round
from rounds.readiness import CARDS, STATEMENTS, open_points

gate = partial(gates.gate, of="rounds.Round")


def _hang_card(card: str) -> None:
    """A card of the set-up as a gate of `open`: the page, the checklist and the guard say the same."""

    def card_is_complete(round_: Round) -> Any:
        return " ".join(open_points(round_, card)) or True

    card_is_complete.__name__ = f"{card}_is_complete"
    page = "desk_round_questions" if card == "questions" else "desk_round_card"
    gate(
        "open",
        label=STATEMENTS[card],
        link=lambda r: [RemedyLink(CARDS[card], page, (r.pk,) if card == "questions" else (r.pk, card))],
    )(card_is_complete)


for _card in CARDS:
    _hang_card(_card)


@gate("close_call", label=gettext_lazy("The window is over"))
def window_is_over(round_: Round) -> Any:
    return now() > round_.closes_at or _("The call runs to %(at)s.") % {"at": deadlines.told(round_.closes_at)}
