"""Who does the work: a Celery worker on a thread of this process (embedded), or `celery -A config worker` elsewhere.

Beside either runs one sweeper thread. It is a thread and not Celery beat, because beat would be one more process that
must exist exactly once; many sweepers do no harm (they move a date on the row before they act).
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connections

log = logging.getLogger("hongchuang.worker")

CONCURRENCY = 2
SWEEP_EVERY = 3.0  # seconds
BROKER_REST = 10.0  # seconds without another try after the broker was down, so that no request pays for it twice

# Tasks are called by name: what they do (common.work.tasks) imports those who call them.
DRAIN_OUTBOX, RUN_JOB, SWEEP = "common.drain_outbox", "common.run_job", "common.sweep"

_embedded: "Embedded | None" = None
_broker_down_until = 0.0


def wake_worker(task: str, *args: Any) -> bool:
    """Wake a worker to the task of this name. Never raises; False when nobody could be called, and then the sweeper finds the row."""
    global _broker_down_until
    if settings.EMBEDDED_WORKER and _embedded is None:
        return False  # The queue is in the memory of this process and nobody here reads it.
    if time.monotonic() < _broker_down_until:
        return False
    try:
        current_app.send_task(task, args, retry=False)
    except Exception as e:
        _broker_down_until = time.monotonic() + BROKER_REST
        log.warning("no broker, the sweeper will call %s later: %r", task, e)
        return False
    return True


class Sweeper(threading.Thread):
    """Every few seconds: send what is left in the outbox, take jobs from dead workers, repeat unanswered calls."""

    def __init__(self) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._stop_sweeping = threading.Event()

    def run(self) -> None:
        sweep = current_app.tasks[SWEEP]
        while not self._stop_sweeping.is_set():
            try:
                sweep()
                give_sign_of_life()
            except Exception:  # The database may be away for a while; the next round may find it.
                log.exception("sweep")
            finally:
                connections.close_all()
            self._stop_sweeping.wait(SWEEP_EVERY)

    def stop(self, timeout: float = 5) -> None:
        self._stop_sweeping.set()
        self.join(timeout)


def _sign() -> Path:
    return Path(settings.VAR_DIR) / "worker.alive"


def give_sign_of_life() -> None:
    """A file and no row: it says as well that this process reaches the folder of data."""
    _sign().touch()


def last_sign_of_life() -> float:
    """When a worker of this folder of data last swept through; seconds since 1970, 0 for never."""
    return _sign().stat().st_mtime if _sign().exists() else 0


class Embedded:
    """A Celery worker with pool threads on a daemon thread of this process, and a sweeper."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedded worker", daemon=True)
        self._sweeper = Sweeper()

    def start(self, timeout: float = 20) -> None:
        # manage.py has checked; Celery would check everything once more.
        os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
        self._thread.start()
        if not self._ready.wait(timeout):
            raise RuntimeError("the embedded worker did not start")

    def sweep(self) -> None:
        self._sweeper.start()

    def _run(self) -> None:
        from celery.worker import WorkController

        while not self._leaving.is_set():
            # Made on this thread, because Celery's Django fix-up closes the database connections of the maker.
            WorkController(
                app=current_app._get_current_object(),
                pool="threads",
                concurrency=CONCURRENCY,
                hostname="embedded@localhost",
                without_gossip=True,
                without_mingle=True,
                without_heartbeat=True,
                ready_callback=lambda consumer: self._ready.set(),
            ).start()
            if not self._leaving.wait(1):  # It comes back only when it is told to stop or in trouble.
                log.error("the embedded worker ended and starts again")

    def stop(self, timeout: float) -> bool:
        """Let running jobs go back to the queue at their next progress. False if one did not look up in time."""
        from celery.worker import state

        from common.work.heartbeat import stopping

        self._leaving.set()
        stopping.set()
        state.should_stop = os.EX_OK  # Celery's own flag, read by the worker's loop …
        try:
            for _ in range(2):  # … which sleeps up to 2 s before it looks and again before it leaves.
                current_app.send_task(DRAIN_OUTBOX)
            if self._sweeper.is_alive():
                self._sweeper.stop()
            self._thread.join(timeout)
        finally:
            state.should_stop = None
            stopping.clear()
        return not self._thread.is_alive()


def is_running() -> bool:
    """Whether an embedded worker runs in this process."""
    return _embedded is not None


def start_embedded() -> None:
    """Start the embedded worker and its sweeper; comes back when it listens. No effect if it runs already."""
    global _embedded
    if _embedded is None:
        worker = Embedded()
        worker.start()
        _embedded = worker  # Before the sweeper, whose calls would find nobody.
        worker.sweep()


def stop_embedded(timeout: float = 10) -> bool:
    """Stop it; jobs that run go back to the queue. False if a job did not let go within `timeout` seconds."""
    global _embedded
    worker, _embedded = _embedded, None
    return worker is None or worker.stop(timeout)


@contextmanager
def running_worker() -> Iterator[None]:
    """Inside this block somebody works: the broker's workers, or an embedded one, started here if there is none."""
    mine = settings.EMBEDDED_WORKER and not is_running()
    if mine:
        start_embedded()
    try:
        yield
    finally:
        if mine:
            stop_embedded()
