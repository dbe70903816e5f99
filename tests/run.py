"""`make test`: everything on SQLite, beside it what engines differ in on PostgreSQL; one table of what was really run.

python tests/run.py [--long | --guards] [--only ROOM] [pytest arguments]

PostgreSQL runs what is marked, beside the code it is about (`pytestmark` at the head of a file, or a single test):

- `engines`: what the engines may answer differently. Constraints, triggers and other backstops; locks, races and threads;
  search, collation, order of NULL, JSON; aggregates, sums and dates in SQL; raw SQL; lists and read models with Q; what is
  nasty in a value (NUL, lengths, ranges); jobs, outbox, workers; migrations; and a round from call to closure.
- `postgres`: what SQLite can not show, only there.

Everything else runs once, on SQLite: forms and their sentences, rendering, access, files, PDFs, workbooks, browsers. A test
that is in doubt is marked. What is marked `slow` runs in `make test-long` only, on the engines of its other marks; of the
drill that takes every guard away a third, drawn like the shares below, and all of it in `make guards`.

Of what is too much for every day a share is drawn (tests/corpus/draw.py), another one with each commit. The seed is said at
the beginning and at the end; TEST_SEED=… draws the same share again.
"""

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import parts  # noqa: E402

Row = tuple[str, str, Any, Any, Any]
Counts = tuple[int, int, int]

MARKED = re.compile(r"mark\.(engines|postgres)\b")

# Room → its files in tests/web.
PAGES: dict[str, tuple[str, ...]] = {
    "accounts": ("test_accounts.py",),
    "organizations": ("test_apply.py", "test_desk.py"),
    "ventures": (
        "test_apply*.py",
        "test_calendar.py",
        "test_desk*.py",
        "test_public.py",
        "test_races.py",
        "test_venture_page.py",
    ),
    "reviews": ("test_review_pages.py", "test_selection_held_back.py"),
    "funding": ("test_money_pages.py",),
    "showcases": ("test_showcase_pages.py",),
    "reports": ("test_report_pages.py",),
}


def _parameters(url: str) -> dict[str, Any]:
    """What psycopg connects with."""
    import environ

    c = environ.Env.db_url_config(url)
    given = {"host": c["HOST"], "port": c["PORT"], "user": c["USER"], "password": c["PASSWORD"], "dbname": c["NAME"]}
    return {k: v for k, v in given.items() if v}


def postgres_version(url: str) -> str:
    import psycopg

    with psycopg.connect(**_parameters(url), connect_timeout=5) as connection:
        row = connection.execute("show server_version").fetchone()
        return str(row[0]).split()[0] if row else "?"


def hurry(url: str) -> None:
    """A server that lives for one run need not survive a loss of power. One that was given to us stays as it is."""
    import psycopg

    if "TEST_DATABASE_URL" in os.environ:
        return
    with psycopg.connect(**_parameters(url), autocommit=True) as connection:
        for switch in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {switch} = off")
        connection.execute("SELECT pg_reload_conf()")


class Run:
    """One run of pytest. What it says is shown at once, or (`aside`) when it has ended."""

    def __init__(
        self, name: str, markers: str, more: list[str], *, workers: int, aside: bool = False, **env: str
    ) -> None:
        self.name = name
        self.folder = tempfile.TemporaryDirectory()
        self.tally, said = Path(self.folder.name, "tally.json"), Path(self.folder.name, "said.txt")
        surroundings = {
            **os.environ,
            "TALLY": str(self.tally),
            "HONGCHUANG_VAR": str(Path(self.folder.name, "var")),
            **env,
        }
        surroundings.pop("BROKER_URL", None)
        # Compiled once, not again by each worker and by each process that a drill starts.
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        if "DATABASE_URL" not in env:
            surroundings.pop("DATABASE_URL", None)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            markers,
            *([] if "-n" in more else ["-n", str(workers)]),
            *more,
        ]
        self.said = said.open("w+", encoding="utf-8") if aside else None
        if not aside:
            print(f"\n=== {name} ===", flush=True)
        self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=self.said, stderr=self.said)

    def result(self) -> tuple[int, dict[str, Any]]:
        """Its exit code and its tally, when it has ended."""
        code = self.process.wait()
        if self.said:
            self.said.seek(0)
            print(f"\n=== {self.name} ===\n{self.said.read()}", flush=True)
            self.said.close()
        tally = json.loads(self.tally.read_text()) if self.tally.exists() else {"all": {}, "parts": {}}
        self.folder.cleanup()
        return code, tally


def paths_of(room: str) -> list[str]:
    """The tests of a room: its folder, and the pages of it. Any folder of tests/ is one, too."""
    tests = ROOT / "tests"
    pages = [path for pattern in PAGES.get(room, ()) for path in tests.glob(f"web/{pattern}")]
    paths = [str(path.relative_to(ROOT)) for path in (tests / room, *sorted(pages)) if path.exists()]
    if not paths:
        rooms = sorted(path.name for path in tests.iterdir() if list(path.glob("test_*.py")))
        sys.exit(f"There are no tests of {room}. There are: {', '.join(rooms)}.")
    return paths


def marked_paths() -> list[str]:
    """The files that mark something for PostgreSQL: the others need not even be read."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(f.relative_to(ROOT)) for f in files if MARKED.search(f.read_text(encoding="utf-8"))]


def seed() -> str:
    """What the shares of today are drawn by: TEST_SEED, else the commit."""
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    if given := os.environ.get("TEST_SEED"):
        return given
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):  # an archive without history
        return "0"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--guards", action="store_true")
    parser.add_argument("--only", metavar="ROOM", default="")
    asked, more = parser.parse_known_args()
    if asked.only:
        more = [*paths_of(asked.only), *more]
    if asked.guards:
        more = ["tests/drills/test_guards.py", *more]
    not_slow = "" if asked.long or asked.guards else " and not slow"
    if asked.long:
        os.environ["TEST_LONG"] = "1"  # what is drawn every day is looked at whole
    os.environ["TEST_SEED"] = seed()
    drawn = f"Shares are drawn by TEST_SEED={os.environ['TEST_SEED']}"
    print(drawn, flush=True)
    # Both at once, so that every core has work to the end. One more worker than there are cores: many tests wait, for a
    # browser, a broker, a process that is to die. Who says -n wants to see one after the other.
    cores = min(3, os.cpu_count() or 1)
    pg_code, pg_version, pg = 0, "absent", None
    with parts.postgres() as url:
        beside = None
        if url:
            pg_version = postgres_version(url)
            hurry(url)
            marked = more if any(not word.startswith("-") for word in more) else [*more, *marked_paths()]
            beside = partial(
                Run,
                f"PostgreSQL {pg_version}",
                f"(engines or postgres){not_slow}",
                marked,
                workers=cores,
                DATABASE_URL=url,
            )
        at_once = beside(aside=True) if beside and "-n" not in more else None
        code, lite = Run("SQLite", f"not postgres{not_slow}", more, workers=cores + 1).result()
        if beside:
            pg_code, pg = (at_once or beside()).result()
    rows = table(lite, pg, pg_version)
    show(rows)

    total = Counter(lite["all"]) + Counter((pg or {}).get("all", {}))
    absent_pg = pg is None
    for tally in (lite, pg or {}):
        for reason, n in tally.get("skipped", {}).items():
            print(f"skipped {n}: {reason}")
    # 5 is pytest's "nothing collected", which a narrowed run may well have in one half.
    failed = any(c not in ({0, 5} if more else {0}) for c in (code, pg_code))
    if parts.REQUIRE_ALL and (total["skipped"] or absent_pg):
        print("REQUIRE_ALL=1: something was skipped or absent, so this run has failed.")
        failed = True
    again = [test for tally in (lite, pg or {}) for test in tally.get("again", [])]
    for test in again:
        print(f"run a second time: {test}")
    print(f"{len(again)} run a second time")
    print(drawn)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if failed or total["failed"] else 0


def table(lite: dict[str, Any], pg: dict[str, Any] | None, pg_version: str) -> list[Row]:
    """(component, version, tests run, skipped, run a second time)"""

    def counts(tally: dict[str, Any]) -> Counts:
        return tally.get("passed", 0) + tally.get("failed", 0), tally.get("skipped", 0), tally.get("again", 0)

    def part(name: str) -> Counts:
        both = Counter(lite["parts"].get(name, {})) + Counter((pg or {"parts": {}})["parts"].get(name, {}))
        return counts(both)

    return [
        ("Python", platform.python_version(), "", "", ""),
        ("SQLite", sqlite3.sqlite_version, *counts(lite["all"])),
        ("PostgreSQL", pg_version, *(counts(pg["all"]) if pg else (0, "all", 0))),
        ("broker", parts.broker_version(), *part("broker")),
        ("Chromium", parts.version_of(parts.chromium_path()), *part("browser")),
        ("LibreOffice", parts.version_of(parts.soffice_path()), *part("libreoffice")),
    ]


def show(rows: list[Row]) -> None:
    lines = [("component", "version", "tests run", "skipped", "a second time"), *rows]
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(lines[0]))]
    print()
    for n, line in enumerate(lines):
        print(
            "  ".join(
                str(cell).ljust(w) if i < 2 else str(cell).rjust(w)
                for i, (cell, w) in enumerate(zip(line, widths, strict=True))
            )
        )
        if n == 0:
            print("  ".join("-" * w for w in widths))
    print()


if __name__ == "__main__":
    sys.exit(main())
