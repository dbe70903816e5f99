"""Effects outside the transaction (mail, messages). A row in the same transaction; sent after it, at least once."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from common import clock

log = logging.getLogger("hongchuang.outbox")

Handler = Callable[[str, dict[str, Any]], None]
_handlers: dict[str, list[Handler]] = {}
MAX_ATTEMPTS = 8


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
    connection = transaction.get_connection()
    # One wake-up per transaction, whatever the number of messages.
    if not any(func is wake for _, func, *_ in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    from common.tasks import drain_outbox
    from common.worker import kick

    kick(drain_outbox)


def drain(limit: int = 500) -> int:
    """Send what is due, each message in a transaction of its own. Returns how many went out."""
    from common.models import OutboxMessage

    sent = 0
    due = OutboxMessage.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                message = due.select_for_update(skip_locked=_can_skip_locked()).filter(pk=pk).first()
                if message is None:
                    continue
                for handler in _handlers.get(message.kind, []):
                    handler(message.key, message.payload)
                OutboxMessage.objects.filter(pk=pk).update(sent_at=clock.now())
                sent += 1
        except Exception as e:  # the next message must not wait for this one
            log.exception("outbox %s", pk)
            row = OutboxMessage.objects.get(pk=pk)
            OutboxMessage.objects.filter(pk=pk).update(attempts=row.attempts + 1, error=repr(e)[:2000])
    return sent


def _can_skip_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked
