"""Conditions that the review hangs on the machines of the round and of the venture."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.machine.gates import RemedyLink
from reviews.models import PanelMember, Review
from rounds.gates import gate as round_gate
from rounds.models import Round
from ventures.gates import gate
from ventures.models import Venture
from ventures.states import State


def _to_the_panel(round_: Round) -> list[RemedyLink]:
    return [RemedyLink(_("Set the panel"), "desk_panel", (round_.pk,))]


@round_gate("begin_review", label=gettext_lazy("The panel is set"), link=_to_the_panel)
def panel_is_set(round_: Round) -> Any:
    n = PanelMember.objects.filter(panel__round=round_).count()
    return n >= round_.min_scores or ngettext(
        "The panel has %(n)s expert; a result needs at least %(least)s scores.",
        "The panel has %(n)s experts; a result needs at least %(least)s scores.",
        n,
    ) % {
        "n": n,
        "least": round_.min_scores,
    }


@gate("begin_review", label=gettext_lazy("Enough experts without a conflict"))
def enough_experts_without_conflict(venture: Venture) -> Any:
    free = PanelMember.objects.filter(panel__round=venture.round_id).exclude(expert__recusals__venture=venture).count()
    least = venture.round.min_scores
    return free >= least or ngettext(
        "%(n)s expert is not recused; a result needs at least %(least)s scores.",
        "%(n)s experts are not recused; a result needs at least %(least)s scores.",
        free,
    ) % {
        "n": free,
        "least": least,
    }


@gate("propose", "keep_in_reserve", "decline", label=gettext_lazy("Every expert who is not recused has scored"))
def everyone_has_scored(venture: Venture) -> Any:
    if venture.state != State.IN_REVIEW:
        return True
    n = Review.objects.filter(venture=venture, state=Review.State.ASSIGNED).count()
    return n == 0 or ngettext(
        "%(n)s expert has not submitted a score.", "%(n)s experts have not submitted their scores.", n
    ) % {"n": n}
