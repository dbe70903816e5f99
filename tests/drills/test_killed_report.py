"""kill -9 in the middle of a report; start again: finished once, and no half file was ever visible."""

import hashlib
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

from tests.drills.house import ROOT, House
from tests.waiting import DEADLINE, PAUSE, wait_until

WORKER = "tests.drills.worker_to_kill"


class Watcher(threading.Thread):
    """Looks at the folder all the time, as a page that lists files would."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.stop, self.broken, self.seen = folder, threading.Event(), [], set()

    def run(self) -> None:
        while not self.stop.wait(PAUSE):
            for path in self.folder.glob("[!.]*") if self.folder.exists() else []:
                self.seen.add(path.name)
                if not zipfile.is_zipfile(path):
                    self.broken.append(path.name)


def start(house: House, *args: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", WORKER, *args]
    return subprocess.Popen(command, cwd=ROOT, env=house.env, stdout=subprocess.PIPE, text=True)


def kill_when_stuck(house: House, step: str, job: str) -> None:
    process = start(house, step, job)
    assert process.stdout
    assert process.stdout.readline().strip() == "stuck"
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=DEADLINE) == -signal.SIGKILL


def rows(house: House, sql: str) -> list[Any]:
    connection = sqlite3.connect(house.var / "hongchuang.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_killed_report_is_finished_once_and_never_half_visible(house: House) -> None:
    job = start(house, "prepare").communicate()[0].strip()
    folder = house.var / "files" / "workbooks"
    watcher = Watcher(folder)
    watcher.start()

    kill_when_stuck(house, "rows", job)
    kill_when_stuck(house, "file", job)
    assert [p.suffix for p in folder.iterdir()] == [".tmp", ".tmp"], "the kill came in the middle of a file"
    assert not watcher.seen
    assert rows(house, "select * from reports_workbook") == []

    assert start(house, "finish", job).communicate()[0].strip() == "True"
    assert start(house, "finish", job).communicate()[0].strip() == "False"
    wait_until(lambda: watcher.seen, "the file is seen in its folder")
    watcher.stop.set()
    watcher.join()

    [(path, sha256)] = rows(house, "select path, sha256 from reports_workbook")
    assert [p.name for p in folder.iterdir()] == [Path(path).name]
    assert hashlib.sha256((folder / Path(path).name).read_bytes()).hexdigest() == sha256
    assert rows(house, "select state, attempts from common_job") == [("done", 3)]
    assert (watcher.broken, watcher.seen) == ([], {Path(path).name})
