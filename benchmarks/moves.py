"""What a move through the door costs beside the same SQL by a bare cursor: one by one, and 5,000 at once.

The verb is `accept` with its permission and its gate. Both sides lock the row, guard the update, write the journal and
the outbox, in one transaction; only the door reads what the gate needs. Runs of both alternate; medians of the time that
passes are told. Neighbours on the machine disturb: measure on a quiet one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure
from tests import parts

ONE = 200
BATCH = 5000
ROUNDS = 3
GOALS = {"postgresql": {"one": 3.0, "batch": 6.0}, "sqlite": {"one": 8.0, "batch": 6.0}}


def run() -> Iterator[Figure]:
    yield from _measured("sqlite", None)
    with parts.postgres() as url:
        if url:
            yield from _measured("postgresql", url)


def _measured(vendor: str, url: str | None) -> Iterator[Figure]:
    """Django is configured once per process, so each engine has its own."""
    with tempfile.TemporaryDirectory() as var:
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
        env |= {"HONGCHUANG_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings"} | (
            {"DATABASE_URL": url} if url else {}
        )
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.moves"], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    for kind in ("one", "batch"):
        door, raw = found[kind]
        yield Figure(f"{vendor} {kind}: door", round(door * 1000, 2), "ms")
        yield Figure(f"{vendor} {kind}: bare cursor", round(raw * 1000, 2), "ms")
        yield Figure(f"{vendor} {kind}: ratio", round(door / raw, 2), "x", GOALS[vendor][kind])


# --- In the process of one engine -------------------------------------------------------------------------------------


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    with _database(connection):
        from common.work import worker
        from tests.factories import a_round, a_user

        # Waking the sender is not part of what is measured; the bare cursor has nobody to wake.
        worker.wake_worker = lambda *a, **k: None  # type: ignore[assignment]
        clerk, round_ = a_user("clerk"), a_round()
        print(json.dumps({"one": _one_by_one(round_, clerk), "batch": _in_batches(round_, clerk)}))


@contextmanager
def _database(connection: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        else:
            connection.settings_dict["TEST"]["NAME"] = f"bench_moves_{os.getpid()}"
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def _one_by_one(round_: Any, clerk: Any) -> tuple[float, float]:
    from common.machine.door import move

    ventures = _plant(round_, ONE * 2 + 20)
    for venture in ventures[:10]:  # both sides warm
        move(venture, "accept", by=clerk)
    for venture in ventures[10:20]:
        _raw_one(venture.pk, clerk)
    door, raw = [], []
    for i in range(20, len(ventures), 2):
        door.append(_timed(lambda v=ventures[i]: move(v, "accept", by=clerk)))
        raw.append(_timed(lambda v=ventures[i + 1]: _raw_one(v.pk, clerk)))
    return median(door), median(raw)


def _in_batches(round_: Any, clerk: Any) -> tuple[float, float]:
    from common.machine.door import move_many

    door, raw = [], []
    for _ in range(ROUNDS):
        ventures = _plant(round_, BATCH)
        door.append(_timed(lambda vs=ventures: move_many(vs, "accept", by=clerk)))
        pks = [v.pk for v in _plant(round_, BATCH)]
        raw.append(_timed(lambda ps=pks: _raw_batch(ps, clerk)))
    return median(door), median(raw)


def _timed(act: Callable[[], Any]) -> float:

    clock = time.perf_counter
    start = clock()
    act()
    return clock() - start


def _plant(round_: Any, n: int) -> list[Any]:
    """Submitted ventures whose checklist is answered, as a clerk's page would have fetched them."""
    from tests.factories import an_organization
    from ventures.models import CheckAnswer, Venture

    organization = an_organization()
    made = Venture.objects.bulk_create(
        Venture(
            round=round_, organization=organization, platform=round_.platform, title=f"演示项目{i}", state="submitted"
        )
        for i in range(n)
    )
    items = list(round_.check_items.all())
    CheckAnswer.objects.bulk_create(
        CheckAnswer(venture=v, item=item, met=True, by_name="初审员") for v in made for item in items
    )
    pks = [v.pk for v in made]
    return list(Venture.objects.filter(pk__gte=min(pks), pk__lte=max(pks)).order_by("pk"))


JOURNAL = (
    "INSERT INTO common_journalentry "
    "(subject_kind, subject_id, verb, from_state, to_state, at, by_id, by_name, words, facts) "
)
OUTBOX = "INSERT INTO common_outboxmessage (kind, key, payload, created_at, due_at, attempts, error) "


@contextmanager
def _transaction() -> Iterator[tuple[Any, str]]:
    """A bare cursor in a transaction, and what locks rows on this engine."""
    from django.db import connection

    connection.ensure_connection()
    cursor = connection.connection.cursor()
    begin, lock = ("BEGIN", " FOR UPDATE") if connection.vendor == "postgresql" else ("BEGIN IMMEDIATE", "")
    cursor.execute(begin)
    yield cursor, lock
    cursor.execute("COMMIT")
    cursor.close()


def _placeholders(sql: str) -> str:
    from django.db import connection

    return sql if connection.vendor == "postgresql" else sql.replace("%s", "?")


def _raw_one(pk: int, clerk: Any) -> None:
    from common.clock import now

    at = str(now())
    with _transaction() as (cursor, lock):
        execute = lambda sql, params: cursor.execute(_placeholders(sql), params)
        execute(f"SELECT * FROM ventures_venture WHERE id = %s{lock}", [pk])
        cursor.fetchone()
        execute("UPDATE ventures_venture SET state = 'eligible' WHERE id = %s AND state = 'submitted'", [pk])
        assert cursor.rowcount == 1
        execute(
            JOURNAL
            + "VALUES ('ventures.venture', %s, 'accept', 'submitted', 'eligible', %s, %s, %s, '', '{}') RETURNING id",
            [pk, at, clerk.pk, clerk.name],
        )
        entry = cursor.fetchone()[0]
        execute(
            OUTBOX + "VALUES ('moved', %s, %s, %s, %s, 0, '') RETURNING id",
            [f"moved:{entry}", json.dumps({"entry": entry}), at, at],
        )
        cursor.fetchone()


def _raw_batch(pks: list[int], clerk: Any) -> None:
    from common.clock import now

    at = str(now())
    low, high = min(pks), max(pks)
    with _transaction() as (cursor, lock):
        execute = lambda sql, params: cursor.execute(_placeholders(sql), params)
        execute(f"SELECT * FROM ventures_venture WHERE id BETWEEN %s AND %s{lock}", [low, high])
        cursor.fetchall()
        execute("SELECT coalesce(max(id), 0) FROM common_journalentry", [])
        before = cursor.fetchone()[0]
        execute(
            "UPDATE ventures_venture SET state = 'eligible' WHERE id BETWEEN %s AND %s AND state = 'submitted'",
            [low, high],
        )
        assert cursor.rowcount == len(pks)
        execute(
            JOURNAL
            + "SELECT 'ventures.venture', id, 'accept', 'submitted', 'eligible', "
            + _typed("timestamptz")
            + ", "
            + _typed("bigint")
            + ", "
            + _typed("text")
            + ", '', '{}' FROM ventures_venture WHERE id BETWEEN %s AND %s",
            [at, clerk.pk, clerk.name, low, high],
        )
        execute(
            OUTBOX
            + f"SELECT 'moved', 'moved:' || id, {_payload()}, {_typed('timestamptz')}, {_typed('timestamptz')}, 0, '' "
            "FROM common_journalentry WHERE id > %s",
            [at, at, before],
        )


def _typed(kind: str) -> str:
    from django.db import connection

    return f"%s::{kind}" if connection.vendor == "postgresql" else "%s"


def _payload() -> str:
    from django.db import connection

    return "jsonb_build_object('entry', id)" if connection.vendor == "postgresql" else "json_object('entry', id)"


if __name__ == "__main__":
    main()
