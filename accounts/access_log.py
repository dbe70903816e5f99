"""The one pen of the access log (accounts.models.AccessEntry): every path writes with `log`.

Where somebody comes from is known to the request alone and wanted far below it: `coming_from` keeps it for the time of the
request, as `common.clock` keeps the time.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import COUNTED, AccessEntry, Kind, User
from accounts.models.access import role_of
from common.clock import now
from common.machine.actors import CITIZEN, stamp
from common.models import JournalEntry, record
from common.normal_forms import user_name
from common.text import clean

LONGEST = 200  # characters of `what`
TYPED_SHOWN = 2  # characters of an unknown login name, and of a short one a third: people type passwords into the field

_address: ContextVar[str] = ContextVar("address", default="")


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """What is logged inside was done from this address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def log(kind: Kind, *, by: Any, what: str = "", about: str = "", by_name: str = "") -> None:
    """Write a line: `by` the actor, `what` for who reads it.

    Of what is counted (`COUNTED`) the line of this hour is raised, if this actor has one from this address `about` the
    same thing; `what` stays that of the first.
    """
    who = stamp(by) | ({"by_name": by_name} if by_name else {})
    row = AccessEntry(kind=kind, role=role_of(by), address=_address.get(), what=clean(what)[:LONGEST], **who)
    if kind not in COUNTED:
        row.save()
        return
    hour = f"{now():%Y%m%d%H}"
    told = "\n".join([kind, str(row.by_id), row.address, about or row.what, hour])
    row.once, row.times = hashlib.sha256(told.encode()).hexdigest(), 0
    if not _raised(row.once):
        AccessEntry.objects.bulk_create([row], ignore_conflicts=True)  # another process may have been first
        _raised(row.once)


def _raised(once: str) -> bool:
    same = AccessEntry.objects.filter(once=once)
    return bool(same.update(times=F("times") + 1, last_at=Greatest(F("last_at"), now())))  # who waits may come late


def log_typed(kind: Kind, username: str) -> None:
    """Somebody who is not logged in yet typed this name. A name that nobody has is not kept: it may be a password."""
    person = User.objects.filter(username=user_name(username)).first()
    if person is not None:
        log(kind, by=person)
    else:
        log(kind, by=CITIZEN, about="unknown", by_name=_beginning(username))


def _beginning(typed: str) -> str:
    typed = clean(typed)
    return f"{typed[: min(TYPED_SHOWN, len(typed) // 3)]}…"


def journalled(person: User, verb: Kind, *, by: Any, note: str = "", told: str = "", **facts: Any) -> JournalEntry:
    """What was done to an account, for both: the journal of the account with the whole `note`, the access log with the
    person and what is `told`."""
    what = str(person) if by.pk == person.pk and not told else f"{person} · {told}".removesuffix(" · ")
    log(verb, by=by, what=what)
    return record(person, verb, by=by, note=note, **facts)
