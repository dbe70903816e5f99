"""The calendar of a round on its pages and on those of its ventures."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from rounds.models import Round
from ventures.calendar.queries import line_of, timeline_of
from ventures.models import Venture


@slot("round.sections", order=10, template="ventures/calendar/_card.html")
@slot("desk_round.sections", order=10, template="ventures/calendar/_card.html")
def phases(request: HttpRequest, round_: Round) -> dict[str, Any] | None:
    drawn = timeline_of(round_)
    return {"timeline": drawn, "round": round_} if drawn else None


@slot("venture.tabs", order=15, label=_("Calendar of the round"), template="ventures/calendar/_tab.html")
def calendar(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    drawn = timeline_of(venture.round)
    return {"timeline": drawn, "round": venture.round, "here": line_of(venture, drawn)} if drawn else None
