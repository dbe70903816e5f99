"""What a move through the door costs beside what people write instead: one by one, and 5,000 at once.

Instead of the door (`benchmarks.moves_instead`): django-fsm's transition, `select_for_update`, `save`, journal and
outbox by the ORM, the same permission and the same conditions, in one transaction; for many, a loop of that. Of the
loop a part is measured and scaled up. A bare cursor is the floor, told without a goal.

Ways alternate within a run, and medians of the time that passes are compared. Neighbours on the machine disturb:
measure on a quiet one.
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

ONE = 200  # moves of each way
BATCH = 5000
SAMPLE = 500  # of the loop
ROUNDS = 3
GOALS = {"one": 1.0, "many": 0.3}  # times what people write instead
VERBS = ("accept", "publish")  # with the queries of two gates, and with none


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
    for name, kind, took in json.loads(done.stdout.splitlines()[-1]):
        title = f"{vendor} {kind} {name}"
        for way, seconds in took.items():
            yield Figure(f"{title}: {way}", round(seconds * 1000, 2), "ms")
        yield Figure(f"{title}: door / ORM", round(took["door"] / took["ORM"], 2), "x", GOALS[kind])
        yield Figure(f"{title}: door / bare cursor", round(took["door"] / took["bare cursor"], 2), "x")


# --- In the process of one engine -------------------------------------------------------------------------------------


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    with _database(connection):
        from benchmarks import moves_instead
        from common.work import worker
        from tests.factories import a_round, a_user

        worker.wake_worker = lambda *a, **k: None  # type: ignore[assignment]
        by, round_ = a_user("manager"), a_round()
        found = []
        for verb in VERBS:
            way = _way(verb)
            found.append([verb, "one", _one_by_one(way, round_, by, moves_instead)])
            found.append([verb, "many", _many(way, round_, by, moves_instead)])
        print(json.dumps(found))


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


def _way(verb: str) -> Any:
    from benchmarks.moves_instead import RemedyLink
    from common.machine.door import transitions_of
    from common.machine.gates import gates_of
    from ventures.models import Venture

    ((source, transition),) = transitions_of(Venture, verb).items()
    return RemedyLink(verb, str(source), str(transition.target), [gate.check for gate in gates_of(Venture, verb)])


def _one_by_one(way: Any, round_: Any, by: Any, instead: Any) -> dict[str, float]:
    from common.machine.door import move

    ways: dict[str, Callable[[Any], Any]] = {
        "door": lambda venture: move(venture, way.verb, by=by),
        "ORM": lambda venture: instead.by_orm(way, venture.pk, by),
        "bare cursor": lambda venture: instead.by_bare_cursor(way, venture.pk, by),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    ventures = iter(_plant(way, round_, (ONE + 10) * len(ways)))
    for _ in range(ONE + 10):
        for name, act in ways.items():
            took[name].append(_timed(act, next(ventures)))
    return {name: median(times[10:]) for name, times in took.items()}  # all are warm by then


def _many(way: Any, round_: Any, by: Any, instead: Any) -> dict[str, float]:
    from common.machine.door import move_many

    took: dict[str, list[float]] = {"door": [], "ORM": [], "bare cursor": []}
    for _ in range(ROUNDS):
        took["door"].append(_timed(lambda vs: move_many(vs, way.verb, by=by), _plant(way, round_, BATCH)))
        loop = [v.pk for v in _plant(way, round_, SAMPLE)]
        took["ORM"].append(_timed(lambda pks: instead.by_orm_in_a_loop(way, pks, by), loop) * BATCH / SAMPLE)
        pks = [v.pk for v in _plant(way, round_, BATCH)]
        took["bare cursor"].append(_timed(lambda pks: instead.by_bare_cursor_at_once(way, pks, by), pks))
    return {name: median(times) for name, times in took.items()}


def _timed(act: Callable[[Any], Any], subject: Any) -> float:
    clock = time.perf_counter
    start = clock()
    act(subject)
    return clock() - start


def _plant(way: Any, round_: Any, n: int) -> list[Any]:
    """Ventures whose conditions are met, as the page of who moves them would have fetched them."""
    from tests.factories import an_organization
    from ventures.models import CheckAnswer, Venture

    organization = an_organization()
    made = Venture.objects.bulk_create(
        Venture(
            round=round_, organization=organization, platform=round_.platform, title=f"演示项目{i}", state=way.source
        )
        for i in range(n)
    )
    items = list(round_.check_items.all())
    CheckAnswer.objects.bulk_create(
        CheckAnswer(venture=v, item=item, met=True, by_name="初审员") for v in made for item in items
    )
    pks = [v.pk for v in made]
    return list(Venture.objects.filter(pk__gte=min(pks), pk__lte=max(pks)).order_by("pk"))


if __name__ == "__main__":
    main()
