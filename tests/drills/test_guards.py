"""Each guard is taken away once, in a copy of the project, and the tests that stand for it must turn red.

The guards are in the folder `guards`. Each names the function and what is taken away in it (`mutation.py`), the tests that must
fail then, and what they complain of, so that a test which fails for another reason proves nothing.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from tests.corpus.draw import WHOLE, is_drawn
from tests.drills.guards import rows
from tests.drills.house import ROOT
from tests.drills.mutation import Cut

pytestmark = [pytest.mark.slow, pytest.mark.engines, pytest.mark.timeout(900)]

# "postgresql" or "sqlite3": a guard is drilled on the engine on which its tests prove something.
ENGINE = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
# Hidden folders hold environments and caches, the others what is made or fetched.
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "var", "out", "static_root")


@dataclass(frozen=True)
class Guard:
    guard: str
    cuts: list[Cut]
    tests: list[str]
    says: str
    engines: list[str]
    chances: int

    def __str__(self) -> str:
        return self.guard


def guards() -> list[Guard]:
    return [
        Guard(
            guard=row["guard"],
            cuts=[Cut.read(cut) for cut in row["cuts"]],
            tests=row["tests"],
            says=row["says"],
            engines=row.get("engines", ["sqlite3"]),
            chances=row.get("chances", 1),
        )
        for row in rows()
    ]


GUARDS = guards()
HERE = [g for g in GUARDS if ENGINE in g.engines]
DRAWN = [g for g in HERE if not WHOLE or is_drawn(str(g), 3)]  # of a long run; `make guards` takes all


@dataclass(frozen=True)
class Run:
    """What pytest made of some tests."""

    output: str

    @property
    def end(self) -> str:
        return self.output[-4000:]

    @cached_property
    def counts(self) -> dict[str, int]:
        """{"failed": 1, "passed": 2}, from the last line."""
        found = re.findall(r"(\d+) (passed|failed|skipped|errors?|deselected)", self.output.strip().splitlines()[-1])
        return {what: int(n) for n, what in found}


class Copy:
    """The project in a folder of its own, where code may be taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "project"
        shutil.copytree(ROOT, self.root, ignore=NOT_COPIED)
        if (ROOT / "node_modules").exists():  # pages take their icons from there
            (self.root / "node_modules").symlink_to(ROOT / "node_modules")

    def run(self, tests: list[str]) -> Run:
        options = ["-q", "--tb=short", "-p", "no:cacheprovider", f"--basetemp={self.folder / 'tmp'}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self.root, env=self._env(), capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        return Run(done.stdout + done.stderr)

    def _env(self) -> dict[str, str]:
        # Of the shares that are drawn always the same one, whatever is drawn outside.
        ours = {"TALLY", "REQUIRE_ALL", "BROKER_URL", "TEST_LONG", "TEST_SEED"}
        env = {k: v for k, v in os.environ.items() if k not in ours and not k.startswith("PYTEST_")}
        env["HONGCHUANG_VAR"] = str(self.folder / "var")
        if url := env.get("DATABASE_URL"):
            # pytest makes a database of its own out of the name, which need not exist.
            env["DATABASE_URL"] = f"{url.rpartition('/')[0]}/drill_{uuid4().hex[:12]}"
        return env

    @contextmanager
    def without(self, guard: Guard) -> Iterator[None]:
        """The project without this guard."""
        whole = {(file := cut.file(self.root)): file.read_text() for cut in guard.cuts}
        try:
            for cut in guard.cuts:
                file = cut.file(self.root)
                self._write(file, cut.apply(self.root, file.read_text()))
            yield
        finally:
            for file, text in whole.items():
                self._write(file, text)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text)
        # Compiled code is trusted by second and size, and both may be the same.
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("guards"))


def test_with_every_guard_in_place_their_tests_are_green(copy: Copy) -> None:
    done = copy.run(sorted({test for guard in HERE for test in guard.tests}))
    assert set(done.counts) == {"passed"}, done.end


@pytest.mark.parametrize("guard", DRAWN, ids=str)
def test_without_a_guard_its_tests_turn_red(copy: Copy, guard: Guard) -> None:
    with copy.without(guard):
        for __ in range(guard.chances):
            done = copy.run(guard.tests)
            if set(done.counts) == {"failed"}:
                break
    assert set(done.counts) == {"failed"}, done.end
    assert guard.says in done.output, done.end
