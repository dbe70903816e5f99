"""The set-up of a round, card by card: what each sets, and what it still lacks before the call may open. The sentences
that a card's page shows are the gates of `open`. Each card is an object in a module of this package."""

from collections.abc import Mapping

from common.machine.registry import objects_in
from rounds.cards.amendable import Amendable
from rounds.cards.card import Card
from rounds.models import Round

CARDS: Mapping[str, Card] = objects_in(__name__, Card)
AMENDABLE: Mapping[str, Amendable] = {name: a for card in CARDS.values() for name, a in card.amendable.items()}


def open_points(round_: Round, card: str) -> list[str]:
    """Sentences about what a card still lacks; [] when it is complete."""
    return list(CARDS[card].check(round_))


def all_points(round_: Round) -> dict[str, list[str]]:
    """The same for every card, in the order of the page."""
    return {card: open_points(round_, card) for card in CARDS}


def advice(round_: Round, card: str) -> list[str]:
    """Sentences about what would be wise; [] when there is nothing to say."""
    return list(CARDS[card].advice(round_))
