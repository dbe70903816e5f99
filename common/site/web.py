"""The web edge of the house: who may open a page, how domain errors become pages, which language is spoken."""

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import DomainError, Invalid, NotAllowed, TooMany
from common.site.background import first_to, is_background, not_logged_in
from common.site.sending import sent

log = logging.getLogger("hongchuang.web")
View = Callable[..., HttpResponseBase]


def page(perm: str, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Declare who may open a view: the permission (a rule) of its audience. Rights on the object itself are decided
    by `visible_to` (else 404) and by the action (else 403). Visitors without an account are sent to log in."""

    def declare(view: View) -> View:
        def refused(request: HttpRequest) -> HttpResponse | None:
            if not request.user.is_authenticated:
                return _to_log_in(request, methods)
            if not request.user.has_perm(perm):
                raise NotAllowed
            return _by_method(request, methods)

        return _declared(view, perm, methods, refused)

    return declare


def _declared(
    view: View, policy: str, methods: tuple[str, ...], refused: Callable[[HttpRequest], HttpResponse | None]
) -> View:
    """The view behind what refuses it, which is asked before a body is read, too (common.site.uploads)."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return refused(request) or sent(request, lambda: view(request, *args, **kwargs))

    guarded.policy, guarded.methods, guarded.refused = policy, methods, refused  # type: ignore[attr-defined]
    return guarded


def _by_method(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """405 by a method that is none of the view's."""
    if request.method in methods:
        return None
    return render(request, "errors/405.html", {"allowed": methods}, status=405)


def _to_log_in(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    """Afterwards back to the page: a verb is none, so it is the page from which it was sent."""
    if is_background(request):
        return not_logged_in(request)
    return redirect(first_to(request, "login", back=request.get_full_path() if "GET" in methods else ""))


def post_only(perm: str) -> Callable[[View], View]:
    """A verb: POST only."""
    return page(perm, methods=("POST",))


def form_page(perm: str) -> Callable[[View], View]:
    """A page with a form that posts to itself."""
    return page(perm, methods=("GET", "HEAD", "POST"))


PUBLIC = "public"


def public(view: View) -> View:
    """Declare that everyone may open a page."""
    return _for_everyone(view, ("GET", "HEAD"))


def public_form(view: View) -> View:
    """Declare that everyone may open a page with a form that posts to itself."""
    return _for_everyone(view, ("GET", "HEAD", "POST"))


def _for_everyone(view: View, methods: tuple[str, ...]) -> View:
    return _declared(view, PUBLIC, methods, lambda request: _by_method(request, methods))


# --- Errors of the domain ---------------------------------------------------------------------------------------------


@contextmanager
def errors_into(form: Any) -> Iterator[None]:
    """Run an action for a bound form: what the domain refuses is told at the field (or on top), nothing typed is lost.

    Afterwards `form.is_valid()` is false and `respond` answers with the status of the error.
    """
    try:
        yield
    except Invalid as e:
        form.error_status = e.status
        for name, sentences in e.fields.items():
            field = name if name in form.fields else None
            for sentence in sentences:
                form.add_error(field, sentence)
    except NotAllowed:
        raise
    except DomainError as e:
        form.error_status, form.refused_with = e.status, e
        for sentence in getattr(e, "reasons", None) or [str(e)]:
            form.add_error(None, sentence)


def respond(request: HttpRequest, template: str, context: dict[str, Any], form: BaseForm | None = None) -> HttpResponse:
    """Render a page with a form: 200, or 422 (409 …) when the form carries errors."""
    status = 200
    if form is not None:
        context = {"form": form, **context}
        if form.is_bound and form.errors:
            status = getattr(form, "error_status", 422)
    return told_when(render(request, template, context, status=status), getattr(form, "refused_with", None))


def told_when(response: HttpResponse, error: Any) -> HttpResponse:
    """With the header that says when to come back, where the error says it."""
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = error.retry_after
    return response


class DomainErrorMiddleware:
    """Every named domain error becomes one page with its sentence and its 4xx status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return domain_error(request, error)
        if isinstance(error, OperationalError):
            log.exception("database unavailable")
            return render(request, "errors/503.html", status=503)
        return None


# Only our own files; inline styles are Tabler's (progress bars), inline scripts are not used.
CSP = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; form-action 'self'"


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    titles = {
        400: _("This does not work"),
        403: _("Not your part"),
        409: _("Not possible now"),
        422: _("Please correct this"),
        429: _("Too much at once"),
    }
    context = {
        "title": titles.get(error.status, titles[400]),
        "reasons": getattr(error, "reasons", None) or [str(error)],
        "back": back_of(request),
    }
    return told_when(render(request, "errors/domain.html", context, status=error.status), error)


def back_of(request: HttpRequest) -> str:
    """Where the reader came from, when that is a page of this site."""
    referer = request.headers.get("referer", "")
    safe = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if safe else "/"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return domain_error(request, NotAllowed())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What Django itself refuses to read: too many fields, too long a text, a broken body."""
    sentence = _("What was sent is too much at once or damaged. Go back, shorten it and send it again.")
    return domain_error(request, DomainError(sentence))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_background(request) and not request.user.is_authenticated:
        return not_logged_in(request)
    sentence = _("The page was open too long or cookies are off. Go back, reload the page and send it again.")
    return domain_error(request, NotAllowed(sentence))


# --- Language ---------------------------------------------------------------------------------------------------------


class LanguageMiddleware:
    """Simplified Chinese first; English only for those who switched (a cookie), whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response
