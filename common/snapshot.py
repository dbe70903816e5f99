"""Reading at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, so that what is compared with each other agrees."""
    outermost = not connection.in_atomic_block
    usual = getattr(connection, "transaction_mode", None)
    if outermost and connection.vendor == "sqlite":
        # A reader that begins IMMEDIATE would keep every writer waiting; WAL gives a reader its moment anyway.
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if usual is not None:
            connection.transaction_mode = usual  # type: ignore[attr-defined]
