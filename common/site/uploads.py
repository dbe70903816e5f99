"""What is asked before a byte of a request's body is read, parsed or kept: is it too long, may this person open the page at
all, may they hand in a file here and now. For every view, in one place.

    @takes_files(BODY_LIMIT, ask=may_hand_in)
    @post_only("ventures.fill_in")
    def attach(request, pk): ...
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from common.errors import DomainError
from common.files.names import in_megabytes
from common.limits import held, take
from common.limits.of_the_site import UPLOADS, UPLOADS_AT_ONCE
from common.site.web import View, domain_error

Ask = Callable[..., Any]


class TooLarge(DomainError):
    """The request carries more than this page takes."""

    status = 413


def takes_files(limit: int, *, ask: Ask | None = None) -> Callable[[View], View]:
    """Declare on top of a view that it takes files, at most so many bytes of a request with all its fields. Without this
    it is FORM_BODY_LIMIT. `ask(request, **kwargs of the URL)` raises what forbids it: Http404, NotAllowed, Conflict …"""

    def declare(view: View) -> View:
        view.body_limit, view.ask = limit, ask  # type: ignore[attr-defined]
        return view

    return declare


class AskFirstMiddleware:
    """Stands before everything that reads the body (CSRF does), as Django would take a gigabyte to the disk first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as request.until_answered:  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        announced = length_of(request)
        if request.method != "POST" and not announced:
            return None
        try:
            _check_length(announced, getattr(view, "body_limit", settings.FORM_BODY_LIMIT))
            if refused := _not_for(request, view):
                return refused
            if hasattr(view, "ask"):
                if view.ask:
                    view.ask(request, **kwargs)
                whose: dict[str, Any] = {"account": request.user.pk}
                request.until_answered.enter_context(held(UPLOADS_AT_ONCE, **whose))  # type: ignore[attr-defined]
                take(UPLOADS, **whose)
        except DomainError as e:
            return domain_error(request, e)
        return None


def _not_for(request: HttpRequest, view: Any) -> HttpResponseBase | None:
    """Where to send who may not open the page. Raises NotAllowed."""
    refused = getattr(view, "refused", None)
    return refused(request) if refused else None


def length_of(request: HttpRequest) -> int:
    """Bytes of the body, as announced; 0 when none is."""
    sent = request.META.get("CONTENT_LENGTH") or "0"
    return int(sent) if sent.isdecimal() and len(sent) < 19 else 0


def _check_length(announced: int, limit: int) -> None:
    if announced > limit:
        sentence = _("What was sent has %(size)s; this page takes at most %(limit)s at once.")
        raise TooLarge(sentence % {"size": in_megabytes(announced), "limit": in_megabytes(limit)})
