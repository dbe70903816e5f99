"""Whether the parts of a running installation work: what a watcher asks, who then wakes somebody. Names, no reasons: those
stand in the log, as anybody may ask."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from common.work import outbox, worker

log = logging.getLogger("hongchuang.health")

FREE = 512 * 1024 * 1024  # bytes: some uploads, some workbooks, and time to come
ALIVE_WITHIN = timedelta(minutes=5)  # a sweep may be sending mails for a while
DUE_WITHIN = timedelta(minutes=10)


def parts() -> dict[str, bool]:
    """Each part by name: whether it works."""
    return {check.__name__: _works(check) for check in (database, disk, workers, messages)}


def _works(check: Callable[[], bool]) -> bool:
    try:
        works = check()
    except Exception:  # whatever it is, this is the answer
        log.exception("%s", check.__name__)
        return False
    if not works:
        log.error("%s: no", check.__name__)
    return works


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def disk() -> bool:
    """Files can be written, and there is room for some more."""
    folder = Path(settings.VAR_DIR)
    with tempfile.TemporaryFile(dir=folder) as f:
        f.write(b"1")
    return shutil.disk_usage(folder).free > FREE


def workers() -> bool:
    """Some worker has swept lately (here, or elsewhere in the same folder of data)."""
    return time.time() - worker.last_sign_of_life() < ALIVE_WITHIN.total_seconds()


def messages() -> bool:
    """What is due goes out."""
    return not outbox.is_stuck(timezone.now() - DUE_WITHIN)
