"""The venture that a request asks for, as its reader may see it."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ventures.models import Venture
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
