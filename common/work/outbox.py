"""Effects after the transaction (messages, mail). A row in the same transaction; sent after it, at least once."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from common import clock
from common.work import worker

if TYPE_CHECKING:
    from common.models import OutboxMessage

log = logging.getLogger("hongchuang.outbox")

Handler = Callable[[str, dict[str, Any]], None]
_handlers: dict[str, list[Handler]] = {}
_outside: set[str] = set()
_called = threading.Event()  # the sender of this process is woken and has not looked yet
MAX_ATTEMPTS = 8
IN_VAIN, IN_VAIN_AFTER = 3, 3  # messages; attempts, some two minutes
BATCH = 20  # messages per transaction: SQLite's other writers wait for it, some 30 ms
# Real time, as in common.work.jobs: it is about this machine, not about the day that is being played.
LEASE = timedelta(seconds=60)
RETRY_AFTER = timedelta(seconds=5)


def handles(kind: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Register a receiver of `kind`: called with (key, payload), must be idempotent on the key.

    The clock stands at the moment the message was put, so that what is stored is dated like what it tells of,
    whoever sends it and when. `outside`: the effect is not in the database and may take its time (a mail server), so
    there is no transaction around it.
    """

    def register(handler: Handler) -> Handler:
        _handlers.setdefault(kind, []).append(handler)
        if outside:
            _outside.add(kind)
        return handler

    return register


def put(kind: str, key: str, payload: dict[str, Any]) -> None:
    put_many(kind, [(key, payload)])


def put_later(kind: str, key: str, payload: dict[str, Any], *, after: timedelta) -> None:
    """The same, to be sent not before `after` has passed (of this machine's time), by the sweeper."""
    from common.models import OutboxMessage

    OutboxMessage.objects.create(kind=kind, key=key, payload=payload, due_at=timezone.now() + after)


def is_waiting(kind: str, key_begins: str) -> bool:
    """Whether a message of this kind is stored and will still be sent."""
    from common.models import OutboxMessage

    waiting = OutboxMessage.objects.filter(kind=kind, sent_at=None, attempts__lt=MAX_ATTEMPTS)
    return waiting.filter(key__startswith=key_begins).exists()


def is_stuck(before: datetime) -> bool:
    """Whether something was due before that moment and nobody has tried it, or whatever goes outside fails: several were
    tried in vain, and since then nothing went out. (One alone may have an address that does not exist.)"""
    from common.models import OutboxMessage

    waiting = OutboxMessage.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS)
    if waiting.filter(due_at__lte=before).exists():
        return True
    in_vain = waiting.filter(kind__in=_outside, attempts__gte=IN_VAIN_AFTER)
    if len(in_vain[:IN_VAIN]) < IN_VAIN:
        return False
    return not OutboxMessage.objects.filter(kind__in=_outside, sent_at__gt=before).exists()


def put_many(kind: str, messages: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Store messages in the running transaction and wake the sender after it commits."""
    from common.models import OutboxMessage

    OutboxMessage.objects.bulk_create([OutboxMessage(kind=kind, key=k, payload=p) for k, p in messages])
    wake_after_commit()


def wake_after_commit() -> None:
    """One wake-up per transaction, whatever the number of messages."""
    connection = transaction.get_connection()
    if not any(func is wake for _, func, *_ in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Wake the sender. One in this process that has not looked yet will see this message as well: in the last minute of
    a call, a wake-up for every submission would cost as much as the submission."""
    if worker.is_running():
        if _called.is_set():
            return
        _called.set()
    if not worker.wake_worker(worker.DRAIN_OUTBOX):
        _called.clear()


def drain(limit: int = 500) -> int:
    """Send what is due, effects outside the database last. Returns how many went out.

    Any number may drain at the same time: who moves the date of a message, sends it. If that one dies, the message is
    due again after LEASE. A failing message holds up no other one, waits longer each time (5 s, 20 s, … 5.7 h) and is
    left alone after MAX_ATTEMPTS, with its error on the row.
    """
    _called.clear()
    tried = sent = 0
    while batch := _claim(~Q(kind__in=_outside), min(BATCH, limit - tried)):
        tried += len(batch)
        sent += _send(batch)
    # One by one: a batch could wait for a silent server longer than its lease.
    while batch := _claim(Q(kind__in=_outside), min(1, limit - tried)):
        tried += 1
        sent += _mark_sent([m for m in batch if _handle(m, nullcontext())])
    return sent


def _claim(kinds: Q, n: int) -> "list[OutboxMessage]":
    from common.models import OutboxMessage

    now = timezone.now()
    due = OutboxMessage.objects.filter(kinds, sent_at=None, attempts__lt=MAX_ATTEMPTS, due_at__lte=now).order_by("pk")
    if n < 1 or not due.exists():  # An empty transaction would still take SQLite's only write lock.
        return []
    with transaction.atomic():
        batch = list(due.select_for_update(skip_locked=True)[:n])
        OutboxMessage.objects.filter(pk__in=[m.pk for m in batch]).update(due_at=now + LEASE)
    return batch


def _send(batch: "Sequence[OutboxMessage]") -> int:
    """In one transaction, from which a failing message takes back its own part only. What fails as late as at the
    commit (a foreign key) is found by sending each alone."""
    try:
        with transaction.atomic():
            return _mark_sent([m for m in batch if _handle(m, transaction.atomic())])
    except Exception as e:
        if len(batch) > 1:
            return sum(_send([m]) for m in batch)
        _put_off(batch[0], e)
        return 0


def _handle(message: "OutboxMessage", context: AbstractContextManager[Any]) -> bool:
    try:
        with clock.at(message.created_at), context:
            for handler in _handlers.get(message.kind, []):
                handler(message.key, message.payload)
        return True
    except Exception as e:  # the next message must not wait for this one
        _put_off(message, e)
        return False


def _put_off(message: "OutboxMessage", error: Exception) -> None:
    from common.models import OutboxMessage

    log.error("outbox %s", message, exc_info=error)
    OutboxMessage.objects.filter(pk=message.pk).update(
        attempts=F("attempts") + 1,
        error=repr(error)[:2000],
        due_at=timezone.now() + RETRY_AFTER * 4**message.attempts,
    )


def _mark_sent(messages: "Sequence[OutboxMessage]") -> int:
    from common.models import OutboxMessage

    return OutboxMessage.objects.filter(pk__in=[m.pk for m in messages]).update(sent_at=clock.now())
