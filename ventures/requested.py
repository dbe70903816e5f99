"""The venture that a request asks for, as its reader may see it."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organizations.account import is_shown_whole
from ventures.models import Venture
from ventures.states import State

WITH = ("round__series", "organization__place", "platform", "category", "place", "application")


def visible_venture(request: HttpRequest, pk: int, relations: Sequence[str] = WITH) -> Venture:
    """The venture with what its page needs, or with these relations, as this reader may know it; 404 when it is not
    theirs to see."""
    found = get_object_or_404(Venture.objects.visible_to(request.user).select_related(*relations), pk=pk)
    return found.known_to(request.user)


def sees_account(request: HttpRequest, venture: Venture) -> bool:
    """Whether this reader is shown where the money goes: the account on the form, whole. Of the office it is logged."""
    return is_shown_whole(venture.organization, by=request.user)


def seen_state(request: HttpRequest) -> str | None:
    """The state that the reader's page showed (`seen`, a hidden field of every button), for the door.

    If somebody was first, it then tells who and when instead of doing it twice.
    """
    seen = request.POST.get("seen")
    return seen if seen in State.values else None
