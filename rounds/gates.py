"""Conditions of a round that need nothing but the round."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import deadlines
from common.clock import now
from common.machine import gates
from common.machine.gates import RemedyLink
from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.models import Round

gate = partial(gates.gate, of="rounds.Round")


def _hang_card(card: Card) -> None:
    """A card of the set-up as a gate of `open`: the page, the checklist and the guard say the same."""

    def card_is_complete(round_: Round) -> Any:
        return " ".join(card.check(round_)) or True

    card_is_complete.__name__ = f"{card.slug}_is_complete"
    link = RemedyLink(card.label, card.page)
    gate("open", label=card.statement, link=lambda r: [replace(link, args=card.page_args(r))])(card_is_complete)


for _card in CARDS.values():
    _hang_card(_card)


@gate("close_call", label=gettext_lazy("The window is over"))
def window_is_over(round_: Round) -> Any:
    return now() > round_.closes_at or _("The call runs to %(at)s.") % {"at": deadlines.told(round_.closes_at)}
