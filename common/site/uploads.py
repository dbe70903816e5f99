"""How much one request may carry: refused by its announced length, before a byte of it is read or parsed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from common.errors import DomainError
from common.files.names import in_megabytes
from common.site.web import View, domain_error


class TooLarge(DomainError):
    """The request carries more than this page takes."""

    status = 413


def body_limit(limit: int) -> Callable[[View], View]:
    """Declare on top of a view that it takes less than UPLOAD_BODY_LIMIT: so many bytes of a request, all fields and
    files together."""

    def declare(view: View) -> View:
        view.body_limit = limit  # type: ignore[attr-defined]
        return view

    return declare


class BodyLimitMiddleware:
    """Stands before everything that reads the body (CSRF does), as Django would take a gigabyte to the disk first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        limit = getattr(view, "body_limit", settings.UPLOAD_BODY_LIMIT)
        sent = request.META.get("CONTENT_LENGTH") or "0"
        announced = int(sent) if sent.isdecimal() and len(sent) < 19 else 0
        if announced <= limit:
            return None
        sentence = _("What was sent has %(size)s; this page takes at most %(limit)s at once.")
        return domain_error(
            request, TooLarge(sentence % {"size": in_megabytes(announced), "limit": in_megabytes(limit)})
        )
