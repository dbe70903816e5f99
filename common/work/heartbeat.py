"""The sign of life of a running job, and the reasons for which it must stop."""

import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.models.functions import Now

from common.models import Job

log = logging.getLogger("hongchuang.jobs")

BEAT_EVERY = 1.0  # seconds between two heartbeats, which also carry the progress to the page


class Lost(Exception):
    """The job went to another runner: stop, and store nothing."""


class Interrupted(Exception):
    """This process is told to stop: the job goes back to the queue, and the attempt does not count."""


class Overdue(Exception):
    """The job has run longer than CELERY_TASK_TIME_LIMIT seconds."""


# Set while the embedded worker shuts down; every handler sees it at its next `progress`.
stopping = threading.Event()


def owned(mine: Job) -> Any:
    """The row of the job, as long as it is claimed by this runner."""
    return Job.objects.filter(pk=mine.pk, claim=mine.claim, state=Job.State.RUNNING)


class Heartbeat(threading.Thread):
    """Beats for one running job: heartbeat and progress, every BEAT_EVERY seconds, from a thread and a connection of
    its own, so that they are seen although the handler is inside a long transaction (a report reads one snapshot).

    If run inside a transaction (tests), nobody else could see the row: then it does not beat.
    """

    def __init__(self, mine: Job) -> None:
        super().__init__(name=f"heartbeat of {mine}", daemon=True)
        self.job = mine
        self.done = self.total = 0
        self._stop_beating = threading.Event()
        self._verdict: type[Exception] | None = None
        self._until = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT

    def progress(self, done: int, total: int) -> None:
        """Tell how far the job is. Costs nothing, may be called for every row. Raises when the job must stop."""
        self.done, self.total = done, total
        if self._verdict or stopping.is_set():
            raise self._verdict or Interrupted

    def __enter__(self) -> "Heartbeat":
        if not connection.in_atomic_block:
            self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop_beating.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        try:
            while not self._verdict and not self._stop_beating.wait(BEAT_EVERY):
                self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        if time.monotonic() > self._until:  # Silence is what the sweeper sees, even if the handler never looks up.
            self._verdict = Overdue
            return
        try:
            if not owned(self.job).update(done=self.done, total=self.total, heartbeat_at=Now()):
                self._verdict = Lost
        except Exception:  # A locked or restarting database is no reason to give up the job.
            log.warning("no heartbeat for %s", self.job, exc_info=True)
            connections.close_all()
