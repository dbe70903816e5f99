"""What is said of every answer on its way out: who may keep it, and whether it is compressed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from common.site.web import PUBLIC

KEPT_BY_NOBODY = "private, no-store"
COMPRESSED = ("text/", "application/json")


class NoStoreMiddleware:
    """No browser, proxy or shared computer keeps a page that is for somebody: what is declared for an audience, and every
    page of who has a session, as the public ones name who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_for_somebody(request) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response


def _is_for_somebody(request: HttpRequest) -> bool:
    policy = getattr(request.resolver_match and request.resolver_match.func, "policy", PUBLIC)
    return policy != PUBLIC or settings.SESSION_COOKIE_NAME in request.COOKIES


class CompressionMiddleware(GZipMiddleware):
    """Pages and JSON are compressed. Their secrets are not to be guessed from the length (BREACH): Django masks the token
    of forms anew each time and adds up to 100 random bytes. Files go as they are: most are compressed already, and a
    browser shows progress by their length."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponseBase:  # type: ignore[override]
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
