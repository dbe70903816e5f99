"""A set each night; what came of it stands in the job and in the journal of the desk, its age on Today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from common.backup.making import Made, make
from common.clock import now, today
from common.deadlines import start_of
from common.errors import DomainError
from common.machine.actors import SYSTEM, stamp
from common.machine.journal_labels import name_verbs
from common.models import Job
from common.work.jobs import Finish, Progress, job
from common.work.nightly import HOUR, ask_of_the_day, write_down
from common.work.periodic import every

KIND = "common.backup"
FROM = 3  # o'clock, after the laws of the data; a machine that sleeps at night does it when it is started
TOO_OLD = timedelta(hours=26)

name_verbs(backup=gettext_lazy("Backup made"))


@every(HOUR)
def ask_for_the_backup_of_the_day() -> int:
    """Once a day, however many processes ask; not if somebody has made one today (`manage.py backup` by cron)."""
    if _jobs(Job.State.DONE).filter(finished_at__gte=start_of(today())).exists():
        return 0
    return ask_of_the_day(KIND, from_hour=FROM)


@job(KIND)
def back_up(job: Job, progress: Progress) -> Finish:
    made = make(progress)
    return Finish(_result(made), commit=lambda: _write_down(made))


def back_up_now() -> Made:
    """For the command: no worker, no limit of time. Whatever comes of it stands where that of the night stands."""
    asked = {"kind": KIND, "attempts": 1, **stamp(SYSTEM, "requested_by")}
    try:
        made = make()
    except (DomainError, OSError) as e:
        Job.objects.create(**asked, state=Job.State.FAILED, error=str(e), finished_at=now())
        raise
    Job.objects.create(**asked, state=Job.State.DONE, result=_result(made), finished_at=now())
    _write_down(made)
    return made


@dataclass(frozen=True)
class Last:
    """What the administrator has to know of the backups."""

    made: Job | None
    failed: Job | None  # since then

    @property
    def age(self) -> timedelta | None:
        return now() - _finished(self.made) if self.made else None

    @property
    def hours(self) -> int:
        return int(self.age.total_seconds() // HOUR) if self.age else 0

    @property
    def is_too_old(self) -> bool:
        return self.age is None or self.age > TOO_OLD

    @property
    def damaged(self) -> list[str]:
        return self.made.result["damaged"] if self.made else []

    @property
    def warns(self) -> bool:
        return bool(self.failed or self.is_too_old or self.damaged)


def last() -> Last:
    made = _jobs(Job.State.DONE).order_by("-finished_at").first()
    failed = _jobs(Job.State.FAILED).order_by("-finished_at").first()
    return Last(made, failed if failed and (not made or _finished(failed) > _finished(made)) else None)


def _jobs(state: str) -> Any:
    return Job.objects.filter(kind=KIND, state=state)


def _finished(job: Job) -> datetime:
    assert job.finished_at
    return job.finished_at


def _result(made: Made) -> dict[str, Any]:
    return {
        "set": made.folder.name,
        "digest": made.digest,
        "parts": len(made.manifest.parts),
        "bytes": made.manifest.size,
        "damaged": made.manifest.damaged,
        "seconds": round((now() - made.manifest.moment).total_seconds()),
    }


def _write_down(made: Made) -> None:
    facts = _result(made)
    with override("zh-hans"):
        note = _("%(set)s: %(parts)s parts, %(bytes)s bytes; manifest %(digest)s") % facts
    write_down("backup", note, facts)
