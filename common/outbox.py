"""Effects outside the transaction (mail, messages). A row in the same transaction; sent after it, at least once."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common import clock

log = logging.getLogger("hongchuang.outbox")

Handler = Callable[[str, dict[str, Any]], None]
_handlers: dict[str, list[Handler]] = {}
MAX_ATTEMPTS = 8
# Real time, as in common.jobs: it is about this machine, not about the day that is being played.
LEASE = timedelta(seconds=60)
RETRY_AFTER = timedelta(seconds=5)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a receiver of `kind`: called with (key, payload), must be idempotent on the key."""

    def register(handler: Handler) -> Handler:
        _handlers.setdefault(kind, []).append(handler)
        return handler

    return register


def put(kind: str, key: str, payload: dict[str, Any]) -> None:
    put_many(kind, [(key, payload)])


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
    from common.tasks import drain_outbox
    from common.worker import kick

    kick(drain_outbox)


def drain(limit: int = 500) -> int:
    """Send what is due, each message in a transaction of its own. Returns how many went out.

    Any number may drain at the same time: who moves the date of a message, sends it. If that one dies, the message is
    due again after LEASE. A failing message waits longer each time (5 s, 20 s, … 5.7 h) and is left alone after
    MAX_ATTEMPTS, with its error on the row.
    """
    from common.models import OutboxMessage

    sent = 0
    for pk in list(_due().order_by("pk").values_list("pk", flat=True)[:limit]):
        if not _due().filter(pk=pk).update(due_at=timezone.now() + LEASE):
            continue
        row = OutboxMessage.objects.filter(pk=pk)
        message = row.get()
        try:
            with transaction.atomic():
                for handler in _handlers.get(message.kind, []):
                    handler(message.key, message.payload)
                row.update(sent_at=clock.now())
            sent += 1
        except Exception as e:  # the next message must not wait for this one
            log.exception("outbox %s", message)
            wait = RETRY_AFTER * 4**message.attempts
            row.update(attempts=F("attempts") + 1, error=repr(e)[:2000], due_at=timezone.now() + wait)
    return sent


def _due() -> Any:
    from common.models import OutboxMessage

    return OutboxMessage.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS, due_at__lte=timezone.now())
