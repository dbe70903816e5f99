"""A form that is sent twice does what it says once: by a second click, by "back" and sending again, or because the answer to
the first got lost.

`{% once %}` puts a token into a form when its page is made. What was done is kept with it, in the same transaction; the same
content with the same token is led to where the first led. Other content is something else to do: nothing typed is lost.
"""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common.clock import minute, now
from common.digests import as_json
from common.errors import DomainError
from common.models import Sending
from common.site.background import asking_page, is_background
from common.work.nightly import HOUR
from common.work.periodic import every

FIELD = "once"
TOKEN = re.compile(r"[\w-]{16,40}")
COMPARED = ("base_digest", "version")  # fields of forms that are compared with what is stored (common.site.comparing)
KEPT = timedelta(days=7)  # a computer that was shut with the page open comes back after a holiday
CONFIRMED = "sent-"  # the cookie that tells the page's script that what it has a copy of has arrived
CONFIRMED_FOR = 300  # seconds until the next page is there

LONGEST = 500  # characters of an address
DONE = (302, 303)  # what was done leads on; a page that comes instead says what is wrong

Act = Callable[[], HttpResponseBase]


def new_token() -> str:
    return secrets.token_urlsafe(16)


def sent(request: HttpRequest, act: Act) -> HttpResponseBase:
    """Answer a request by `act`: once, where its form carries a token; in turn, where it is compared
    with what is stored."""
    if request.method != "POST" or is_background(request):
        return act()
    token = request.POST.get(FIELD, "")
    if not TOKEN.fullmatch(token):
        return act()
    return _compared(request, token, act) if _is_compared(request) else _once(request, token, act)


def _is_compared(request: HttpRequest) -> bool:
    """Whether the form says what its page was made from: what is sent twice is stored already, and what is old is told."""
    return any(values[0] and name.startswith(COMPARED) for name, values in request.POST.lists())


def in_turn(what: str) -> None:
    """Wait until nobody else is at `what`, to the end of the transaction. On SQLite only one writes at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def _compared(request: HttpRequest, token: str, act: Act) -> HttpResponseBase:
    with transaction.atomic():
        in_turn(request.path)
        response, refused = _answer(act)
    if refused is not None:
        raise refused
    assert response is not None
    if response.status_code in DONE:
        _confirm(request, response, token)
    return response


def _once(request: HttpRequest, token: str, act: Act) -> HttpResponseBase:
    """Of two at the same time the second waits at the row until the first is through."""
    with transaction.atomic():
        sending, is_new = Sending.objects.get_or_create(token=token, digest=_digest(request, token))
        if not is_new:
            return _was_there(request, sending)
        response, refused = _answer(act)
        if response is not None and response.status_code in DONE:
            _keep(request, sending, response)
        else:
            sending.delete()
    if refused is not None:
        raise refused
    assert response is not None
    return response


def _answer(act: Act) -> tuple[HttpResponseBase | None, DomainError | None]:
    """What the domain refuses is raised behind the transaction: what was stored before it stays, as without one."""
    try:
        return act(), None
    except DomainError as e:
        return None, e


def _digest(request: HttpRequest, token: str) -> str:
    """Of who sends what to which address; with a key, as there may be secrets in what is sent."""
    fields = [(name, values) for name, values in request.POST.lists() if name not in {FIELD, "csrfmiddlewaretoken"}]
    files = [(name, f.name, f.size) for name, given in request.FILES.lists() for f in given]
    content = as_json([request.user.pk, request.path, sorted(fields), sorted(files)])
    return salted_hmac(token, content, algorithm="sha256").hexdigest()


def _keep(request: HttpRequest, sending: Sending, response: HttpResponseBase) -> None:
    location = response.headers["Location"]
    sending.location = location if len(location) <= LONGEST else ""
    sending.save(update_fields=["location"])
    before = Sending.objects.filter(token=sending.token).exclude(pk=sending.pk).order_by("pk").last()
    if before is not None:
        told = _("You had sent this page before, at %(time)s, with other words: both are there.")
        messages.warning(request, told % {"time": minute(before.at)})
    _confirm(request, response, sending.token)


def _was_there(request: HttpRequest, sending: Sending) -> HttpResponseBase:
    """Where the first led, with a word: nothing is done a second time."""
    told = _("You had sent this already, at %(time)s; it is there once.")
    messages.info(request, told % {"time": minute(sending.at)})
    response = redirect(sending.location or asking_page(request) or "/")
    _confirm(request, response, sending.token)
    return response


def _confirm(request: HttpRequest, response: HttpResponseBase, token: str) -> None:
    """Tell the page's script that what it has a copy of has arrived (common/saving/kept.js)."""
    response.set_cookie(CONFIRMED + token, "1", max_age=CONFIRMED_FOR, samesite="Lax", secure=request.is_secure())


@every(HOUR)
def forget_sendings() -> int:
    return Sending.objects.filter(at__lt=now() - KEPT).delete()[0]
