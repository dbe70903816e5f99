"""A brake on guessing: how often something may be tried, by whom and from where. In the database, so that all processes
share it.

A try is counted before it is looked at (`take`), so that many at the same time are no more than the limit; one that was
right is given back. Nothing is limited by the account alone where others could keep its owner out with that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.errors import TooMany
from accounts.models import Attempt
from common.clock import now

KEPT = timedelta(days=2)  # rows say who came from where: no longer than the longest window needs


@dataclass(frozen=True)
class Limit:
    """So many `tries` within so many `minutes`, counted from the first; then the sentence in `message`."""

    kind: str
    tries: int
    minutes: int
    message: Any


_WRONG_PASSWORDS = _("%(n)s wrong passwords within %(m)s minutes. Please try again in %(left)s minutes.")
PASSWORD = Limit("password", 10, 15, _WRONG_PASSWORDS)  # of one account from one address
PASSWORDS = Limit("passwords", 100, 15, _WRONG_PASSWORDS)  # from one address: a whole office may share it
FACTOR = Limit(
    "factor", 5, 15, _("%(n)s wrong codes within %(m)s minutes. Please try again in %(left)s minutes.")
)  # of one account: who gets here knows its password
CODES = Limit(
    "codes", 30, 15, _("%(n)s unknown codes within %(m)s minutes. Please try again in %(left)s minutes.")
)  # from one address
REGISTER = Limit(
    "register", 200, 60, _("%(n)s registrations within %(m)s minutes. Please try again in %(left)s minutes.")
)  # from one address: a hall full of people may share it
RESETS = Limit(
    "resets",
    10,
    60,
    _("A new password was asked for %(n)s times within %(m)s minutes. Please try again in %(left)s minutes."),
)  # from one address
RESET_MAILS = Limit("reset_mails", 3, 60, "")  # to one account; nobody is told, it would give the account away
INVITATION_MAILS = Limit(
    "invitation_mails", 20, 24 * 60, _("%(n)s invitations by mail within a day. Please send the code yourself.")
)  # by one account


def take(limit: Limit, *, account: str = "", address: str = "", on_last: Callable[[], None] | None = None) -> None:
    """Count a try. Raises TooMany when it is one more than the limit. `on_last` is called for the last that is let in."""
    with transaction.atomic():
        rows = Attempt.objects.select_for_update()
        row, new = rows.get_or_create(kind=limit.kind, account=_account(account), address=address)
        ends = row.since + timedelta(minutes=limit.minutes)
        if ends <= now():
            row.count, row.since = 0, now()
            ends = row.since + timedelta(minutes=limit.minutes)
        if row.count >= limit.tries:
            left = max(1, ceil((ends - now()).total_seconds() / 60))
            raise TooMany(limit.message % {"n": limit.tries, "m": limit.minutes, "left": left} if limit.message else "")
        row.count += 1
        row.save()
        if on_last and row.count == limit.tries:
            on_last()
        if new:
            Attempt.objects.filter(since__lt=now() - KEPT).delete()


def give_back(limit: Limit, *, account: str = "", address: str = "") -> None:
    """The try was right: it does not count."""
    _rows(limit, account, address).filter(count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, *, account: str = "", address: str = "") -> None:
    """The right one has come: what was tried before does not count any more."""
    _rows(limit, account, address).delete()


def _rows(limit: Limit, account: str, address: str) -> Any:
    return Attempt.objects.filter(kind=limit.kind, account=_account(account), address=address)


def _account(name: str) -> str:
    return name.strip().lower()[:150]
