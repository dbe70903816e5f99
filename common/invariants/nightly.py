"""The laws are asked every night; what came of it stands in the job and in the journal of the desk."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from common.clock import now, today
from common.invariants.registry import laws
from common.invariants.running import Finding, check
from common.machine.actors import SYSTEM
from common.machine.journal_labels import name_kind, name_verbs
from common.models import Job, JournalEntry
from common.work.jobs import Finish, Progress, enqueue_once, job
from common.work.periodic import every

KIND = "common.check_invariants"
FROM = 2  # o'clock; a machine that sleeps at night does it when it is started in the morning
HOUR = 3600

name_verbs(check_invariants=gettext_lazy("Laws of the data checked"))
name_kind("common.job", gettext_lazy("Check of the day"))


@every(HOUR)
def ask_for_the_check_of_the_day() -> int:
    """Once a day, however many processes ask."""
    if localtime(now()).hour < FROM:
        return 0
    return enqueue_once(KIND, today().isoformat(), by=SYSTEM) is not None


@job(KIND)
def check_the_laws(job: Job, progress: Progress) -> Finish:
    """Ask every law. Result: how many there are, and name → count of those that are broken and of those that warn."""
    findings, total = [], len(laws())
    for n, finding in enumerate(check(), start=1):
        findings.append(finding)
        progress(n, total)
    result = {
        "laws": total,
        "broken": {f.law.name: f.count for f in findings if f.is_broken},
        "warnings": {f.law.name: f.count for f in findings if f.count and not f.is_broken},
        "told": [told for f in findings for told in f.told],
    }
    return Finish(result, commit=lambda: _write_down(findings, result))


def _write_down(findings: list[Finding], result: dict[str, Any]) -> None:
    """A line in the journal, under the day: the job's own number is none that the journal knows."""
    with override("zh-hans"):
        note = _("%(n)s laws, all are kept.") % {"n": result["laws"]}
        if told := [f"{f.law.law} ({f.law.name}): {f.count}" for f in findings if f.count]:
            note = "\n".join(told)
    JournalEntry.objects.create(
        subject_kind=Job._meta.label_lower,
        subject_id=int(f"{today():%Y%m%d}"),
        verb="check_invariants",
        by_name=str(SYSTEM),
        note=note,
        facts={"laws": result["laws"], "broken": len(result["broken"]), "warnings": len(result["warnings"])},
    )
