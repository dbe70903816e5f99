"""The laws are asked every night; what came of it stands in the job and in the journal of the desk."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext, override

from common.invariants.registry import laws
from common.invariants.running import Finding, check
from common.machine.journal_labels import name_kind, name_verbs
from common.models import Job
from common.work.jobs import Finish, Progress, job
from common.work.nightly import HOUR, ask_of_the_day, write_down
from common.work.periodic import every

KIND = "common.check_invariants"
FROM = 2  # o'clock; a machine that sleeps at night does it when it is started in the morning

name_verbs(check_invariants=gettext_lazy("Laws of the data checked"))
name_kind("common.job", gettext_lazy("Check of the day"))


@every(HOUR)
def ask_for_the_check_of_the_day() -> int:
    """Once a day, however many processes ask."""
    return ask_of_the_day(KIND, from_hour=FROM)


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
    with override("zh-hans"):
        note = ngettext("%(n)s law, it is kept.", "%(n)s laws, all are kept.", result["laws"]) % {"n": result["laws"]}
        if told := [f"{f.law.law} ({f.law.name}): {f.count}" for f in findings if f.count]:
            note = "\n".join(told)
    facts = {"laws": result["laws"], "broken": len(result["broken"]), "warnings": len(result["warnings"])}
    write_down("check_invariants", note, facts)
