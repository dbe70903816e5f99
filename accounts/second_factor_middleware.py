"""The one place where the second factor is asked for: whoever owes it gets no other page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.site.background import first_to, is_background, not_logged_in

# All that is open before: to give the factor, to set it up, to leave, to read it in one's language.
OPEN = {"factor_verify", "factor_set_up", "logout", "set_language"}


def is_held(user: Any) -> bool:
    """Logged in by password, but the second factor is owed: it was set up, or has to be."""
    return bool(
        user.is_authenticated and (user.second_factor_at or user.needs_second_factor) and not user.is_verified()
    )


class SecondFactorMiddleware:
    """Deny by default: a view is closed to who is held unless its URL is named in OPEN."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        request.is_held = is_held(request.user)  # type: ignore[attr-defined]
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.is_held or name in OPEN:  # type: ignore[attr-defined]
            return None
        step = "factor_verify" if request.user.second_factor_at else "factor_set_up"  # type: ignore[union-attr]
        if is_background(request):  # a part of a page cannot hold the page that is asked for
            return not_logged_in(request, step, _("The second step of logging in is missing."))
        return redirect(first_to(request, step, back=request.get_full_path() if request.method == "GET" else ""))
