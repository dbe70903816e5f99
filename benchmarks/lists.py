"""What a page of a list costs at 1,000 and at 100,000 ventures, over HTTP: the same queries, nearly the same time.

Also of searches that find nothing, of two-character words in three titles of ten, and of frequent words in rare states,
where an index that serves only one of the two would read on and on. Told is the processor's time of this process and
of the database's, best of several after a warm-up, the two sizes in turn: so neighbours on the machine disturb little.
Where the small database has not enough to fill a page, what the rows that it lacks cost there is added to its time.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.lists_pages import pages_to_ask
from tests import parts

FEW, MANY = 1_000, 100_000
ROUNDS, TIMES = 7, 3
SLOWER = 1.5
ANSWER = "answer: "  # what begins a line that is meant for the parent

Ask = Callable[[str], Any]


def run() -> Iterator[Figure]:
    yield from _compared("sqlite", None)
    with parts.postgres() as url:
        if url:
            yield from _compared("postgresql", url)


def _compared(vendor: str, url: str | None) -> Iterator[Figure]:
    with _database_of(url, FEW) as ask_few, _database_of(url, MANY) as ask_many:
        pages = [(name, *_in_turn(name, ask_few, ask_many)) for name in ask_many("names")]
        index = ask_many("index")
    of = {name: few for name, few, _many in pages}
    full, empty = of["ventures, all"], of["ventures, two characters, none"]
    of_a_row = (full[0] - empty[0]) / (full[2] - empty[2])
    for name, (ms_few, queries_few, rows_few), (ms, queries, rows) in pages:
        ms_few += max(0, rows - rows_few) * of_a_row
        yield Figure(f"{vendor} {name}: at {MANY:,} ventures", ms, "ms")
        yield Figure(f"{vendor} {name}: against {FEW:,}", round(ms / ms_few, 2), "x", SLOWER)
        yield Figure(f"{vendor} {name}: queries", queries, "queries", queries_few)
    for name, value in index.items():
        yield Figure(f"{vendor} index: {name}", value, name.split()[0])


def _in_turn(name: str, *asks: "Ask") -> list[tuple[float, int, int]]:
    """What each database says of a page, the best of ROUNDS: in turn, so that a machine that slows down slows all.

    A page over the limit is looked at up to three times as long: luck with the small database goes away, slowness stays.
    """
    told: list[list[Any]] = []
    while True:
        told += [[ask(name) for ask in asks] for _ in range(ROUNDS)]
        best = [(min(ms for ms, *_ in one), one[-1][1], one[-1][2]) for one in zip(*told, strict=True)]
        if best[-1][0] <= best[0][0] * SLOWER or len(told) >= 3 * ROUNDS:
            return best


@contextmanager
def _database_of(url: str | None, ventures: int) -> "Iterator[Ask]":
    """A database in a process of its own (Django is configured once), which answers what it is asked, line by line."""
    with tempfile.TemporaryDirectory() as var, Path(var, "errors").open("w+") as errors:
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
        env |= {"HONGCHUANG_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings"} | (
            {"DATABASE_URL": url} if url else {}
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.lists", str(ventures)],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None

        def ask(what: str) -> Any:
            print(what, file=child.stdin, flush=True)
            for line in child.stdout:  # type: ignore[union-attr]
                if line.startswith(ANSWER):
                    return json.loads(line.removeprefix(ANSWER))
            errors.seek(0)
            raise RuntimeError(errors.read())

        try:
            yield ask
        finally:
            child.stdin.close()
            child.wait()


# --- In the process of one database -----------------------------------------------------------------------------------


def main(ventures: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from benchmarks.moves import _database

    settings.REQUIRE_SECOND_FACTOR = False  # who asks for the pages is logged in by force
    with _database(connection):
        from benchmarks.province import plant

        plant(ventures)
        pages = pages_to_ask()
        for line in sys.stdin:
            what = line.strip()
            told = list(pages) if what == "names" else _index(ventures) if what == "index" else _page(*pages[what])
            print(ANSWER + json.dumps(told), flush=True)


def _page(client: Any, url: str) -> tuple[float, int, int]:
    """Best time in ms, the number of queries, and of rows (of tables, lists and boards)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get() -> Any:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer

    answer = get()
    assert answer.request["PATH_INFO"].startswith(url.partition("?")[0]), (url, answer.request["PATH_INFO"])
    body = answer.content
    rows = body.count(b"<tr>") + body.count(b'class="list-group-item') + body.count(b'class="card mb-3"')
    with CaptureQueriesContext(connection) as seen:
        get()
    queries = len(seen)  # the next request empties the log
    best = min(_timed(get) for _ in range(TIMES))
    return round(best * 1000, 1), queries, rows


def _timed(act: Any) -> float:
    """Seconds of processor time, here and in the database's process."""
    start = _processor()
    act()
    return _processor() - start


def _processor() -> float:
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    # Linux tells nanoseconds of a process; elsewhere the time that passes has to do.
    running = Path(f"/proc/{_backend()}/schedstat")
    return time.process_time() + int(running.read_text().split()[0]) / 1e9 if running.exists() else time.perf_counter()


@cache
def _backend() -> int:
    """The process of the database that serves this connection, if it runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN inet_client_addr() IS NULL OR inet_client_addr() = inet_server_addr() THEN pg_backend_pid() END"
        )
        return int(cursor.fetchone()[0] or 0)


def _index(ventures: int) -> dict[str, float]:
    """What the index takes, and what saving a title costs beside the same without the index."""
    from django.db import connection, transaction

    from common.models.search import SearchGram, SearchText
    from ventures.models import Venture
    from ventures.search_index import index_venture

    grams, texts = SearchGram.objects.count(), SearchText.objects.count()
    tables = (SearchGram._meta.db_table, SearchText._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) t", [list(tables)])
        else:
            cursor.execute(
                f"SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%%{tables[0]}%%' OR name LIKE '%%{tables[1]}%%'"
            )
        size = float(cursor.fetchone()[0])
    venture = Venture.objects.exclude(number="").order_by("pk")[ventures // 2]

    def save(nth: int, filed: bool) -> None:
        with transaction.atomic():
            venture.title = f"乡音相伴——{('林埭镇', '独山港镇')[nth % 2]}社区新居民服务项目"
            venture.save(update_fields=["title"])
            if filed:
                index_venture(venture.pk)

    with_index = sorted(_timed(lambda n=n: save(n, True)) for n in range(60))[30]
    without = sorted(_timed(lambda n=n: save(n, False)) for n in range(60))[30]
    return {
        "rows per thing": round(grams / texts, 1),
        "bytes per thing": round(size / texts),
        "ms to save a title": round(with_index * 1000, 2),
        "ms to save it without the index": round(without * 1000, 2),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
