"""Database triggers, the backstop under the code: the same refusals on SQLite and PostgreSQL.

Installed after every migration instead of inside one, because SQLite rebuilds a table (and drops its triggers) when
a column changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections, models


@dataclass(frozen=True)
class Trigger:
    """`when` is a SQL condition on OLD and NEW under which `event` on the table is refused with `message`."""

    name: str
    model: type[models.Model]
    event: str  # UPDATE, DELETE or INSERT
    when: str
    message: str


_specs: list[Callable[[], Iterable[Trigger]]] = []


def triggers(spec: Callable[[], Iterable[Trigger]]) -> Callable[[], Iterable[Trigger]]:
    """Register a function that yields triggers."""
    _specs.append(spec)
    return spec


def append_only(model: type[models.Model]) -> list[Trigger]:
    """Rows of `model` are written once: no UPDATE, no DELETE."""
    table = model._meta.db_table
    return [
        Trigger(f"{table}_no_{event.lower()}", model, event, "1=1", f"{table} is append-only")
        for event in ("UPDATE", "DELETE")
    ]


def only_rises(model: type[models.Model], *counted: str) -> list[Trigger]:
    """Rows of `model` are written once; of an UPDATE only one is let through that lets these columns rise or stay and
    touches no other."""
    fixed = [f.column for f in model._meta.concrete_fields if f.name not in counted]
    changed = [f"NEW.{c} <> OLD.{c} OR (NEW.{c} IS NULL) <> (OLD.{c} IS NULL)" for c in fixed]
    falls = [f"NEW.{c} < OLD.{c}" for c in counted]
    update, delete = append_only(model)
    return [Trigger(update.name, model, update.event, " OR ".join(changed + falls), update.message), delete]


def legal_moves(model: type[models.Model], pairs: Iterable[tuple[str, str]]) -> Trigger:
    """Only these (from, to) changes of `state` exist."""
    table = model._meta.db_table
    listed = ", ".join(f"'{a}>{b}'" for a, b in sorted(pairs))
    return Trigger(
        f"{table}_legal_moves",
        model,
        "UPDATE",
        f"OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({listed})",
        f"{table}: illegal move",
    )


def all_triggers() -> list[Trigger]:
    return [t for spec in _specs for t in spec()]


def _sql(trigger: Trigger, vendor: str) -> list[str]:
    table, name = trigger.model._meta.db_table, trigger.name
    if vendor == "sqlite":
        return [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" BEFORE {trigger.event} ON "{table}" WHEN {trigger.when} '
            f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
        ]
    returned = "OLD" if trigger.event == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION "{name}_fn"() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF {trigger.when} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN {returned}; END $$""",
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f'CREATE TRIGGER "{name}" BEFORE {trigger.event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}_fn"()',
    ]


def install_all(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """(Re)install every trigger whose table exists. post_migrate calls it once per app; only the last counts."""
    from django.apps import apps

    with_models = [a for a in apps.get_app_configs() if a.models_module is not None]
    if sender is not None and sender is not with_models[-1]:
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in all_triggers():
            if trigger.model._meta.db_table in tables:
                for statement in _sql(trigger, connection.vendor):
                    cursor.execute(statement)


def drop_delete_guards(using: str = "default") -> None:
    """For test runners that empty the tables between transactional tests on SQLite."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in all_triggers():
            if trigger.event == "DELETE" and connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
