"""What every page of the set-up shows around its card."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from rounds import queries
from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.models import Round
from rounds.states import RoundState


def whole_round(pk: int) -> Round:
    """The round with everything that the cards and their validators read."""
    return get_object_or_404(queries.whole(Round.objects.all()), pk=pk)


def is_frozen(round_: Round) -> bool:
    return round_.state != RoundState.PREPARING


def address_of(card: Card, round_: Round) -> str:
    return reverse(card.page, args=card.page_args(round_))


def address_after(card: Card, round_: Round) -> str:
    """The page after a card; after the last comes the overview."""
    following = [c for c in CARDS.values() if c.place > card.place]
    return address_of(following[0], round_) if following else reverse("desk_round_setup", args=[round_.pk])


def frame(round_: Round, here: str) -> dict[str, Any]:
    cards = queries.cards_of(round_)
    for line in cards:
        line.url = address_of(line.card, round_)
    return {
        "round": round_,
        "cards": cards,
        "here": here,
        "card": next((c for c in cards if c.slug == here), None),
        "n_open": sum(not c.is_done for c in cards),
    }
