"""Figures of a round's screening."""

from typing import Any

from django.db.models import Count

from rounds.models import Round
from ventures.models import RefusalReason, Venture
from ventures.states import NOT_HANDED_IN, State
from ventures.visibility_by_role import is_sealed


def refusals(round_: Round, user: Any) -> list[tuple[str, int]]:
    """Why applications of the round were not accepted: reason and number, the most frequent first. One query."""
    seen = Venture.objects.visible_to(user).filter(round=round_, state=State.NOT_ACCEPTED).order_by()
    rows = seen.values_list("refusal_reason").annotate(n=Count("pk"))
    labels = dict(RefusalReason.choices)
    told = [(str(labels.get(code, labels[RefusalReason.OTHER])), n) for code, n in rows]
    return sorted(told, key=lambda row: (-row[1], row[0]))


def sealed_count(round_: Round) -> int | None:
    """How many were handed in to a round that is sealed now; None when it is not."""
    if not is_sealed(round_):
        return None
    return Venture.objects.filter(round=round_).exclude(state__in=NOT_HANDED_IN).count()
