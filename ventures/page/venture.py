"""The venture's page: one page that everybody knows. Audiences differ in what is allowed on it, not in its shape.

    applicant_venture = page("ventures.start")(partial(venture_page, audience="applicant"))

Rooms hang tabs, actions and notes on it: `venture.tabs`, `venture.actions`, `venture.notes`, called with (request, venture).
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common.slots import fill
from ventures.models import Venture
from ventures.next_steps import next_step
from ventures.states import State

WITH = ("round__series", "organization__place", "platform", "category", "place", "application")


def visible_venture(request: HttpRequest, pk: int, relations: Sequence[str] = WITH) -> Venture:
    """The venture with what its page needs, or with these relations; 404 when it is not this reader's to see."""
    return get_object_or_404(Venture.objects.visible_to(request.user).select_related(*relations), pk=pk)


def sees_account(request: HttpRequest, venture: Venture) -> bool:
    """Whether this reader may see where the money goes: the account on the form, whole."""
    return request.user.has_perm("organizations.see_money", venture.organization)


def as_seen(request: HttpRequest, pk: int) -> Venture:
    """The venture for a verb, in the state that the reader's page showed (`seen`, a hidden field of every button).

    If somebody was first, the door then tells who and when instead of doing it twice.
    """
    venture = visible_venture(request, pk)
    if (seen := request.POST.get("seen")) in State.values:
        venture.__dict__["state"] = seen  # FSMField(protected=True) refuses setattr; this copy is never saved
    return venture


def venture_page(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Show a venture to `audience` ("applicant", "reviewer" or "staff"). `?tab=` opens a tab by its slot's name."""
    venture = visible_venture(request, pk)
    if audience == "applicant":
        venture.hold_back_selection()
    return show_venture(request, venture, audience)


def show_venture(request: HttpRequest, venture: Venture, audience: str, status: int = 200, **more: Any) -> HttpResponse:
    tabs = fill("venture.tabs", request, venture)
    names = [t.name for t in tabs]
    wanted = request.GET.get("tab", "")
    step = next_step(venture)
    context = {
        "venture": venture,
        "audience": audience,
        "tabs": tabs,
        "open_tab": wanted if wanted in names else next(iter(names), ""),
        "actions": fill("venture.actions", request, venture),
        "notes": fill("venture.notes", request, venture),
        "step": step,
        "step_is_yours": step.is_for(request.user),
    }
    return render(request, "ventures/venture.html", context | more, status=status)
