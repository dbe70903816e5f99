"""The same moves without the door: as people write them with django-fsm and the ORM, and by a bare cursor.

All do what the door does: lock the row, check permission and conditions, guard the change of state, write the journal
and the outbox. The bare cursor asks neither permission nor conditions: it is the floor under every other way.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django_fsm import has_transition_perm

from common.clock import now
from common.models import JournalEntry, OutboxMessage
from ventures.models import Venture


@dataclass(frozen=True)
class RemedyLink:
    """A verb with its states, and the conditions that its gates are made of."""

    verb: str
    source: str
    target: str
    conditions: Sequence[Callable[[Venture], Any]]


# --- django-fsm and the ORM -------------------------------------------------------------------------------------------


def by_orm(way: RemedyLink, pk: int, by: Any) -> None:
    with transaction.atomic():
        _move(way, pk, by)
        transaction.on_commit(wake)


def by_orm_in_a_loop(way: RemedyLink, pks: Iterable[int], by: Any) -> None:
    """All or none, as in a batch of the door."""
    with transaction.atomic():
        for pk in pks:
            _move(way, pk, by)
        transaction.on_commit(wake)


def _move(way: RemedyLink, pk: int, by: Any) -> None:
    venture = Venture.objects.select_for_update().get(pk=pk)
    transition = getattr(venture, way.verb)
    if not has_transition_perm(transition, by):
        raise PermissionDenied
    unmet = [answer for condition in way.conditions if (answer := condition(venture)) is not True]
    if unmet:
        raise ValueError(unmet)
    source = venture.state
    transition()
    venture.state_since = now()
    venture.save()
    entry = JournalEntry.objects.create(
        subject_kind="ventures.venture", subject_id=venture.pk, verb=way.verb, from_state=source,
        to_state=venture.state, by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    OutboxMessage.objects.create(kind="moved", key=f"moved:{entry.pk}", payload={"entry": entry.pk})


def wake() -> None:
    """Waking the sender is part of no measurement."""


# --- A bare cursor ----------------------------------------------------------------------------------------------------

JOURNAL = (
    "INSERT INTO common_journalentry "
    "(subject_kind, subject_id, verb, from_state, to_state, at, by_id, by_name, note, facts) "
)
OUTBOX = "INSERT INTO common_outboxmessage (kind, key, payload, created_at, due_at, attempts, error) "


@contextmanager
def _transaction() -> Iterator[tuple[Callable[[str, Sequence[Any]], Any], str]]:
    """`execute` of a cursor without Django, in a transaction, and what locks rows on this engine."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    is_postgres = connection.vendor == "postgresql"
    cursor.execute("BEGIN" if is_postgres else "BEGIN IMMEDIATE")

    def execute(sql: str, params: Sequence[Any]) -> Any:
        return cursor.execute(sql if is_postgres else sql.replace("%s", "?"), params)

    yield execute, " FOR UPDATE" if is_postgres else ""
    cursor.execute("COMMIT")
    cursor.close()


def by_bare_cursor(way: RemedyLink, pk: int, by: Any) -> None:
    at = str(now())
    with _transaction() as (execute, lock):
        execute(f"SELECT * FROM ventures_venture WHERE id = %s{lock}", [pk]).fetchone()
        update = "UPDATE ventures_venture SET state = %s, state_since = %s WHERE id = %s AND state = %s"
        assert execute(update, [way.target, at, pk, way.source]).rowcount == 1
        told = [pk, way.verb, way.source, way.target, at, by.pk, by.name]
        journal = JOURNAL + "VALUES ('ventures.venture', %s, %s, %s, %s, %s, %s, %s, '', '{}') RETURNING id"
        entry = execute(journal, told).fetchone()[0]
        message = [f"moved:{entry}", json.dumps({"entry": entry}), at, at]
        execute(OUTBOX + "VALUES ('moved', %s, %s, %s, %s, 0, '') RETURNING id", message).fetchone()


def by_bare_cursor_at_once(way: RemedyLink, pks: Sequence[int], by: Any) -> None:
    """`pks` without a gap between them."""
    at, low, high = str(now()), min(pks), max(pks)
    with _transaction() as (execute, lock):
        execute(f"SELECT * FROM ventures_venture WHERE id BETWEEN %s AND %s{lock}", [low, high]).fetchall()
        before = execute("SELECT coalesce(max(id), 0) FROM common_journalentry", []).fetchone()[0]
        update = "UPDATE ventures_venture SET state = %s, state_since = %s WHERE id BETWEEN %s AND %s AND state = %s"
        assert execute(update, [way.target, at, low, high, way.source]).rowcount == len(pks)
        text, time = _typed("text"), _typed("timestamptz")
        execute(
            f"{JOURNAL} SELECT 'ventures.venture', id, {text}, {text}, {text}, {time}, {_typed('bigint')}, {text}, "
            "'', '{}' FROM ventures_venture WHERE id BETWEEN %s AND %s",
            [way.verb, way.source, way.target, at, by.pk, by.name, low, high],
        )
        payload = "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"
        execute(
            f"{OUTBOX} SELECT 'moved', 'moved:' || id, {payload}('entry', id), {time}, {time}, 0, '' "
            "FROM common_journalentry WHERE id > %s",
            [at, at, before],
        )


def _typed(kind: str) -> str:
    return f"%s::{kind}" if connection.vendor == "postgresql" else "%s"
