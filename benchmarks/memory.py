"""How much memory the whole site takes in one process: at rest, and while its worker makes the sheets of a round."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from benchmarks.figures import Figure
from benchmarks.serving import ROOT, served

VENTURES = 120
MEGABYTE = 1024 * 1024
# What a small office machine can spare for it.
AT_REST, AT_WORK = 250.0, 400.0

ASK = """
from accounts.models import User, Role
from reports.actions import request_workbook
from ventures.models import Round
manager = User.objects.filter(role=Role.MANAGER).first()
print(*[request_workbook(r, by=manager).pk for r in Round.objects.all()])
"""
LEFT = """
from common.models import Job
print(Job.objects.exclude(state__in=["done", "failed"]).count(), Job.objects.filter(state="failed").count())
"""


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as var:
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}} | {"HONGCHUANG_VAR": var}
        manage = [sys.executable, str(ROOT / "manage.py")]

        def command(*args: str) -> str:
            done = subprocess.run([*manage, *args], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr[-2000:])
            return done.stdout

        command("migrate", "--verbosity", "0")
        command("simulate_round", "--ventures", str(VENTURES), "--seed", "1", "--out", str(Path(var, "out")))
        with served(env) as (server, _port):
            process = psutil.Process(server.pid)
            time.sleep(2)
            yield Figure("rss at rest", _rss(process), "MB", AT_REST)
            peak = _peak_while(process, lambda: _make_sheets(command))
            yield Figure(f"rss while a round's sheets are made ({VENTURES} ventures)", peak, "MB", AT_WORK)


def _make_sheets(command: Callable[..., str]) -> None:
    command("shell", "-v", "0", "-c", ASK)
    for _ in range(120):
        left, failed = map(int, command("shell", "-v", "0", "-c", LEFT).split()[-2:])
        if failed:
            raise RuntimeError(f"{failed} jobs failed")
        if not left:
            return
        time.sleep(0.5)
    raise RuntimeError("the sheets are not made")


def _peak_while(process: psutil.Process, act: Callable[[], None]) -> float:
    import threading

    peak, over = _rss(process), threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, _rss(process))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        act()
    finally:
        over.set()
        watcher.join()
    return peak


def _rss(process: psutil.Process) -> float:
    """The process and its children, in MB."""
    everyone = [process, *process.children(recursive=True)]
    return round(sum(p.memory_info().rss for p in everyone) / MEGABYTE, 1)
