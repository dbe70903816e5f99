"""Requests that wait for a second person."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.queries import requests_to_decide
from common.site.todo import Item, todo_source


@todo_source("accounts.confirm_requests")
def second_person(user: Any) -> Iterable[Item]:
    url = reverse("desk_account_requests")
    for request in requests_to_decide(user):
        yield Item(
            task=_("Confirm as second person"),
            thing=request,
            url=url,
            since=request.asked_at,
            due=localdate(request.expires_at),
            note=_("Asked for by %(who)s") % {"who": request.by_name},
            action=_("Look at it"),
        )
