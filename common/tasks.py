"""Celery tasks: thin, idempotent."""

from celery import shared_task


@shared_task(name="common.drain_outbox")
def drain_outbox() -> int:
    from common import outbox

    return outbox.drain()
