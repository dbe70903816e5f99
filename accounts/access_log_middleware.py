"""The edge of the access log: from where a request comes, and what somebody who is logged in was refused."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from accounts.access_log import coming_from, log
from accounts.client_address import address_of
from accounts.models import Kind

REFUSALS = (403, 404)
problems = logging.getLogger("hongchuang.access_log")


class AccessLogMiddleware:
    """Whatever made the answer (a rule, a queryset, a domain error), it is looked at on its way out. Addresses that the
    site does not know are left out: there are as many as somebody can think of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(address_of(request)):
            response = self.get_response(request)
            if response.status_code in REFUSALS and request.resolver_match and request.user.is_authenticated:
                _write_down(request, response)
        return response


def _write_down(request: HttpRequest, response: HttpResponse) -> None:
    """One line for a person, a route and an hour. A log that can not be written does not change the answer."""
    about = f"{response.status_code} {request.method} {request.resolver_match.route}"  # type: ignore[union-attr]
    try:
        log(Kind.REFUSED, by=request.user, what=f"{response.status_code} {request.method} {request.path}", about=about)
    except DatabaseError:
        problems.exception("not written: %s", about)
