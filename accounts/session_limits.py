"""How long a login lasts: without a sign of the person, and at all. By role, as what may be seen and done differs.

A sign is a page that is opened, a form or what was typed that is sent (autosave sends nothing else, and any other form
tells after a while that somebody types in it); what an open page asks by itself is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_log import log
from accounts.models import Kind, Role
from common.site.background import READING, first_to, is_background, not_logged_in
from common.site.web import PUBLIC


@dataclass(frozen=True)
class Limit:
    idle: timedelta
    whole: timedelta

    @classmethod
    def of(cls, *, minutes: int, hours: int) -> "Limit":
        return cls(timedelta(minutes=minutes), timedelta(hours=hours))


LIMITS = {
    Role.APPLICANT: Limit.of(minutes=120, hours=24),
    Role.EXPERT: Limit.of(minutes=60, hours=12),
    Role.CLERK: Limit.of(minutes=60, hours=12),
    Role.OPERATOR: Limit.of(minutes=60, hours=12),
    Role.SUPERVISOR: Limit.of(minutes=60, hours=12),
    Role.MANAGER: Limit.of(minutes=30, hours=12),
    Role.FINANCE: Limit.of(minutes=30, hours=12),
    Role.ADMIN: Limit.of(minutes=30, hours=12),
}
# After the whole time nothing more is shown, but a form that is just being filled in is still taken.
TO_SEND = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)  # not each request writes
BEGAN, SEEN = "login.began", "login.seen"  # in the session: seconds since 1970


def _now() -> float:
    return timezone.now().timestamp()


@receiver(user_logged_in)
def begin(request: HttpRequest, **kwargs: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = _now()


class SessionLimitMiddleware:
    """Ends a login that is over, before any view. Who is led to log in comes back to the page; what a page sends in the
    background gets 401, and what was typed stays on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return None
        if _is_over(request):
            log(Kind.LOG_OUT, by=request.user, what=_("Unused or too old"))
            logout(request)
            return None if getattr(view, "policy", None) == PUBLIC else _to_log_in(request)
        if _is_a_sign(request) and _now() - request.session[SEEN] > NOTED_EVERY.total_seconds():
            request.session[SEEN] = _now()
        return None


def _is_over(request: HttpRequest) -> bool:
    session, limit = request.session, LIMITS[Role(request.user.role)]  # type: ignore[union-attr]
    if BEGAN not in session:  # logged in before there were limits
        begin(request)
    whole = limit.whole if request.method in READING else limit.whole + TO_SEND
    idle_for, old = _now() - session[SEEN], _now() - session[BEGAN]
    return bool(idle_for > limit.idle.total_seconds() or old > whole.total_seconds())


def _is_a_sign(request: HttpRequest) -> bool:
    return request.method not in READING or not is_background(request)


def _to_log_in(request: HttpRequest) -> HttpResponse:
    sentence = _("Your login has ended, because it was unused or very old. Log in, then come back to this page.")
    if is_background(request):
        return not_logged_in(request, problem=sentence)
    messages.info(request, sentence)
    return redirect(first_to(request, "login", back=request.get_full_path() if request.method in READING else ""))
