"""Writing past everything that guards the data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from common.machine.triggers import all_triggers


@contextmanager
def unguarded() -> Iterator[None]:
    """Without triggers and constraints of the database, in a transaction that is rolled back."""
    try:
        with transaction.atomic():
            for statement in _taking_guards_away():
                _execute(statement)
            yield
            transaction.set_rollback(True)
    finally:
        if connection.vendor == "sqlite":
            _execute("PRAGMA ignore_check_constraints = OFF")


def _taking_guards_away() -> list[str]:
    if connection.vendor == "sqlite":
        drops = [f'DROP TRIGGER IF EXISTS "{trigger.name}"' for trigger in all_triggers()]
        return ["PRAGMA ignore_check_constraints = ON", *drops]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid <> 0 AND connamespace = 'public'::regnamespace"
        )
        drops = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in cursor.fetchall()]
    # Deferred keys are asked first: a table with waiting events can not be altered.
    return ["SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica", *drops]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def one(rows: Any, *wanted: Q, **where: Any) -> QuerySet[Any]:
    """The first such row, to be updated or deleted past its model."""
    found = rows.objects.filter(*wanted, **where).order_by("pk").values_list("pk", flat=True).first()
    assert found is not None, where
    return rows.objects.filter(pk=found)


def the(rows: Any, *wanted: Q, **where: Any) -> Any:
    return one(rows, *wanted, **where).get()
