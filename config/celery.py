"""The Celery application. The truth about a job is its row (common.work.jobs)."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init, worker_ready, worker_shutdown

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hongchuang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["common.work"])
# Threads that only import a task (the embedded worker, a web thread) must find this app, not Celery's silent default.
app.set_default()

_sweepers: list[Any] = []


@celeryd_init.connect  # these three: only `celery -A config worker`, not the embedded worker
def _begin(**kwargs: Any) -> None:
    if not app.conf.broker_url or app.conf.broker_url.startswith("memory"):
        raise SystemExit("BROKER_URL is not set: `manage.py serve` does the background work itself.")
    os.umask(0o077)  # as manage.py


@worker_ready.connect
def _sweep_beside(**kwargs: Any) -> None:
    from common.work.worker import Sweeper

    _sweepers.append(Sweeper())
    _sweepers[-1].start()


@worker_shutdown.connect
def _stop_sweeping(**kwargs: Any) -> None:
    while _sweepers:
        _sweepers.pop().stop()
