"""The venture's page: one page that everybody knows. Audiences differ in what is allowed on it, not in its shape.

    applicant_venture = page("ventures.start")(partial(venture_page, audience="applicant"))

Rooms hang tabs, actions and notes on it: `venture.tabs`, `venture.actions`, `venture.notes`, called with (request, venture).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.machine.due import marked
from common.site.slots import fill
from ventures.due import due_of
from ventures.models import Venture
from ventures.requested import visible_venture
from ventures.work import next_step


def venture_page(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Show a venture to `audience` ("applicant", "reviewer" or "staff"). `?tab=` opens a tab by its slot's name."""
    venture = visible_venture(request, pk)
    return show_venture(request, venture, audience)


def show_venture(request: HttpRequest, venture: Venture, audience: str, status: int = 200, **more: Any) -> HttpResponse:
    tabs = fill("venture.tabs", request, venture)
    names = [t.name for t in tabs]
    wanted = request.GET.get("tab", "")
    step, dates = next_step(venture), due_of(venture, request.user)
    context = {
        "venture": venture,
        "audience": audience,
        "tabs": tabs,
        "open_tab": wanted if wanted in names else next(iter(names), ""),
        "actions": fill("venture.actions", request, venture),
        "notes": fill("venture.notes", request, venture),
        "dates": dates,
        "may_remind": bool(marked(dates)) and audience == "staff" and request.user.has_perm("ventures.remind"),
        "step": step,
        "step_is_yours": step.is_for(request.user),
    }
    return render(request, "ventures/page/venture.html", context | more, status=status)
