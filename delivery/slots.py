"""What this room hangs on pages below: the tab of a venture and the figures of a round."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from delivery.queries import delivered, held_in
from rounds.models import Round
from ventures.models import Venture
from ventures.states import State

BEFORE_DELIVERY = frozenset(
    {
        State.DRAFT, State.LAPSED, State.SUBMITTED, State.RETURNED, State.NOT_ACCEPTED, State.ELIGIBLE, State.IN_REVIEW,
        State.PROPOSED, State.RESERVE, State.NOT_SELECTED, State.ON_NOTICE, State.OBJECTED, State.CANCELLED,
    }
)  # fmt: skip


@slot("venture.tabs", order=45, label=_("Activities and reports"), template="delivery/_tab.html")
def delivery(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Activities with totals against the plan, and the reports with their verdicts."""
    return None if venture.state in BEFORE_DELIVERY else delivered(venture)


@slot("round.figures", order=10, template="delivery/_figures.html")
def held(request: HttpRequest, round_: Round) -> dict[str, Any] | None:
    """How often something was held and how many came."""
    return held_in(round_)
