"""Work of the night: asked for once a day, however many processes ask, and told in the journal of the desk."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime

from common.clock import now, today
from common.machine.actors import SYSTEM
from common.models import Job, JournalEntry
from common.work.jobs import enqueue_once

HOUR = 3600  # seconds between two looks whether it is time


def ask_of_the_day(kind: str, *, from_hour: int) -> int:
    """Ask for the job of today, not before that hour. How many were asked for: 1, or 0 when somebody has asked before."""
    if localtime(now()).hour < from_hour:
        return 0
    return enqueue_once(kind, today().isoformat(), by=SYSTEM) is not None


def write_down(verb: str, note: str, facts: Mapping[str, Any]) -> None:
    """A line in the journal, under the day: the job's own number is none that the journal knows."""
    JournalEntry.objects.create(
        subject_kind=Job._meta.label_lower,
        subject_id=int(f"{today():%Y%m%d}"),
        verb=verb,
        by_name=str(SYSTEM),
        note=note,
        facts=dict(facts),
    )
