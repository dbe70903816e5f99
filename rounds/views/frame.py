"""What every page of the set-up shows around its card."""

from typing import Any

from django.shortcuts import get_object_or_404

from rounds import queries
from rounds.models import Round
from rounds.states import RoundState


def whole_round(pk: int) -> Round:
    """The round with everything that the cards and their validators read."""
    return get_object_or_404(queries.whole(Round.objects.all()), pk=pk)


def is_frozen(round_: Round) -> bool:
    return round_.state != RoundState.PREPARING


def frame(round_: Round, here: str) -> dict[str, Any]:
    cards = queries.cards_of(round_)
    return {
        "round": round_,
        "cards": cards,
        "here": here,
        "card": next((c for c in cards if c.slug == here), None),
        "n_open": sum(not c.is_done for c in cards),
    }
