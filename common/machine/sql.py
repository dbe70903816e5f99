"""The statements of the door, for one row or for thousands: lock, guarded update, INSERT … SELECT.

The ORM would build each of them anew for every move, and an object for every line that nobody looks at. Written here,
one move takes less than with the ORM, and 5,000 a thirtieth: `make bench ONLY=moves` watches over this.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connections, router
from django.db.models import Model


def lock(model: type[Model], pks: Sequence[Any]) -> list[Any]:
    """The rows of `model` in order of their keys, locked to the end of the transaction (SQLite: it is locked anyway)."""
    using = router.db_for_write(model)
    connection = connections[using]
    select, names, convert = _select(model, using)
    condition, keys = _among(_pk(model, connection), pks, connection.vendor)
    locking = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{select} WHERE {condition} ORDER BY {_pk(model, connection)}{locking}", [keys])
        return [model.from_db(using, names, row) for row in convert(cursor.fetchall())]


@cache
def _select(model: type[Model], using: str) -> tuple[str, list[str], Callable[[Any], Any]]:
    """SELECT of all columns, their names, and what turns what the engine gives into Python values."""
    compiler = model._base_manager.using(using).order_by().query.get_compiler(using)
    sql, _params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return (
        sql,
        [f.attname for f in model._meta.concrete_fields],
        lambda rows: compiler.apply_converters(rows, converters),
    )


def update_guarded(model: type[Model], pks: Sequence[Any], state: str, changes: Mapping[str, Any]) -> int:
    """Set `changes` (column → value) where `state` is still what it was. Returns how many rows were."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    fields = {f.attname: f for f in model._meta.concrete_fields}
    condition, keys = _among(_pk(model, connection), pks, connection.vendor)
    # A move that changes nothing still has to see that the state is what it was.
    given = changes or {"state": state}
    values = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in given)
    params = [fields[name].get_db_prep_save(value, connection) for name, value in given.items()]
    still = f"{quote('state')} = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET {values} WHERE {condition} AND {still}",
            [*params, keys, str(state)],
        )
        return int(cursor.rowcount)


def insert_for(pattern: Model, source: type[Model], pks: Sequence[Any], expressions: Mapping[str, str]) -> list[Any]:
    """Insert one row like `pattern` for each row of `source` in `pks`; return the new keys.

    `expressions` maps a column to SQL over the source's row, in place of the pattern's value.
    """
    model = type(pattern)
    connection = connections[router.db_for_write(model)]
    quote, pk = connection.ops.quote_name, _pk(source, connection)
    columns, selected, params = [], [], []
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(quote(str(field.column)))
        if field.attname in expressions:
            selected.append(expressions[field.attname])
        else:
            selected.append("%s")
            params.append(field.get_db_prep_save(getattr(pattern, field.attname), connection))
    condition, keys = _among(pk, pks, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) SELECT {', '.join(selected)} "
            f"FROM {quote(source._meta.db_table)} WHERE {condition} ORDER BY {pk} "
            f"RETURNING {_pk(model, connection)}",
            [*params, keys],
        )
        return [row[0] for row in cursor.fetchall()]


def json_object(key: str, column: str, vendor: str) -> str:
    """SQL of {key: column} as JSON."""
    return f"{'jsonb_build_object' if vendor == 'postgresql' else 'json_object'}('{key}', {column})"


def key_of(model: type[Model]) -> str:
    """Column of the primary key."""
    return str(model._meta.pk.column)


def _pk(model: type[Model], connection: Any) -> str:
    return str(connection.ops.quote_name(key_of(model)))


def _among(column: str, pks: Sequence[Any], vendor: str) -> tuple[str, Any]:
    """One parameter however many keys: engines limit parameters, and Django takes time over each."""
    if len(pks) == 1:
        return f"{column} = %s", pks[0]
    if vendor == "postgresql":
        return f"{column} = ANY(%s)", list(pks)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(pks))
