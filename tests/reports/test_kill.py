"""kill -9 in the middle of a report; start again: finished once, and no half file was ever visible."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

WORKER = "tests.reports.worker_to_kill"


class Watcher(threading.Thread):
    """Looks at the folder all the time, as a page that lists files would."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.stop, self.broken, self.seen = folder, threading.Event(), [], set()

    def run(self) -> None:
        while not self.stop.wait(0.002):
            for path in self.folder.glob("[!.]*") if self.folder.exists() else []:
                self.seen.add(path.name)
                if not zipfile.is_zipfile(path):
                    self.broken.append(path.name)


@pytest.fixture
def house(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, on SQLite."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
    return {**kept, "HONGCHUANG_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}


def start(house: dict[str, str], *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", WORKER, *args], cwd=settings.BASE_DIR, env=house, stdout=subprocess.PIPE, text=True
    )


def kill_when_stuck(house: dict[str, str], step: str, job: str) -> None:
    process = start(house, step, job)
    assert process.stdout
    assert process.stdout.readline().strip() == "stuck"
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL


def rows(house: dict[str, str], sql: str) -> list[Any]:
    connection = sqlite3.connect(Path(house["HONGCHUANG_VAR"]) / "hongchuang.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_killed_report_is_finished_once_and_never_half_visible(house: dict[str, str]) -> None:
    job = start(house, "prepare").communicate(timeout=120)[0].strip()
    folder = Path(house["HONGCHUANG_VAR"]) / "files" / "workbooks"
    watcher = Watcher(folder)
    watcher.start()

    kill_when_stuck(house, "rows", job)
    kill_when_stuck(house, "file", job)
    assert [p.suffix for p in folder.iterdir()] == [".tmp", ".tmp"], "the kill came in the middle of a file"
    assert not watcher.seen
    assert rows(house, "select * from reports_workbook") == []

    assert start(house, "finish", job).communicate(timeout=60)[0].strip() == "True"
    assert start(house, "finish", job).communicate(timeout=60)[0].strip() == "False"
    time.sleep(0.05)
    watcher.stop.set()
    watcher.join()

    [(path, sha256)] = rows(house, "select path, sha256 from reports_workbook")
    assert [p.name for p in folder.iterdir()] == [Path(path).name]
    assert hashlib.sha256((folder / Path(path).name).read_bytes()).hexdigest() == sha256
    assert rows(house, "select state, attempts from common_job") == [("done", 3)]
    assert (watcher.broken, watcher.seen) == ([], {Path(path).name})
