"""Waiting for what a test looks for: the only place of the tests that knows a clock (tests/house/test_waiting.py).

Nothing here says how fast something has to be: the deadline only ends a run in which it never comes.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")

DEADLINE = 60.0  # seconds
PAUSE = 0.01


def wait_until(condition: Callable[[], T], what: str, *, pause: Callable[[], Any] = lambda: time.sleep(PAUSE)) -> T:
    """Look again and again until `condition()` is true, and return it. Fails with `what` when it never is.

    `pause`: what is done between two looks, for a world that stands still while this thread sleeps.
    """
    latest = time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < latest, f"in vain waited for: {what}"
        pause()
    return found


def somebody_waits_for_this_transaction() -> bool:
    """Whether another connection is kept waiting by a lock of this one. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])
