"""Requests that a script of a page makes in the background. Where a visitor would be sent to another page, their answer would
land inside the page, so they get a status, the words, and the address that leads back to the page: never to a fragment."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

READING = ("GET", "HEAD")


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether upload.js asks, which puts the answer into the page; else a browser that shows the answer as a page."""
    return request.headers.get("X-Upload") == "1"


def is_background(request: HttpRequest) -> bool:
    """Whether a script asks: htmx, upload.js, or one that reads JSON."""
    return request.headers.get("HX-Request") == "true" or wants_fragment(request) or wants_json(request)


def asking_page(request: HttpRequest) -> str:
    """Path and query of the page from which was asked, or "" when that is none of this site."""
    url = request.headers.get("HX-Current-URL") or request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def first_to(request: HttpRequest, name: str, *, back: str = "") -> str:
    """The URL of a page that comes first (login, second factor) and leads back: to `back`, else to the page that asked."""
    back = back or asking_page(request)
    return resolve_url(name) + (f"?{urlencode({'next': back}, safe='/')}" if back else "")


def not_logged_in(request: HttpRequest, name: str = "login", problem: str = "") -> HttpResponse:
    """401 for a background request: {problem, login} in JSON, or a fragment that says so with a link. htmx is led away at
    once when it only read; who has sent something keeps the page with what stands in it (common/background.js)."""
    url = first_to(request, name)
    problem = problem or _("You are logged out. Log in, then come back to this page.")
    if wants_json(request):
        return JsonResponse({"problem": problem, "login": url}, status=401)
    response = render(request, "common/not_logged_in.html", {"problem": problem, "url": url}, status=401)
    if request.method in READING:
        response.headers["HX-Redirect"] = url
    return response
