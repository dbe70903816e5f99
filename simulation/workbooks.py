"""The Excel summaries of played rounds: asked for like staff and operators ask, made by the jobs, copied out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from common.models import Job
from common.work import jobs
from organizations.models import Platform
from reports import actions as reports
from reports.audience import Audience
from reports.models import Workbook
from rounds.models import Round
from simulation.story import SimulationError
from ventures.models import Venture
from ventures.states import NOT_HANDED_IN


@dataclass(frozen=True)
class Wanted:
    round: Round
    platform: Platform
    nth: int  # of the round within the play

    @property
    def audience(self) -> Audience:
        """The city's is the office's own; the others are for the people of their platforms."""
        return Audience.OFFICE if self.platform.pk == self.round.platform_id else Audience.PLATFORM

    @property
    def plain_name(self) -> str:
        """The same on every run, whatever edition the round became."""
        return f"{self.nth:02d}-{self.platform.name}.xlsx"


def wanted(rounds: Iterable[Round]) -> list[Wanted]:
    """One for the city and one for every other platform with ventures, for each round that has ventures."""
    found = []
    for nth, round_ in enumerate(rounds, start=1):
        ventures = Venture.objects.filter(round=round_).exclude(
            state__in=NOT_HANDED_IN
        )  # a draft is no platform's to report
        ids = set(ventures.order_by().values_list("platform_id", flat=True))
        if not ids:
            continue
        others = Platform.objects.filter(pk__in=ids).exclude(pk=round_.platform_id)
        found += [Wanted(round_, p, nth) for p in [round_.platform, *others.order_by("place__code", "name")]]
    return found


def make(rounds: Iterable[Round], *, by: Any, as_of: date, folder: Path, plain_names: bool) -> list[Path]:
    """Make every wanted workbook and copy it into `folder`; the paths in order. Raises SimulationError if one fails.

    With `plain_names` a copy is named by its place in the play, so that two runs in one database write the same paths.
    """
    asked = wanted(rounds)
    queued = [
        reports.request_workbook(w.round, by=by, platform=w.platform, as_of=as_of, audience=w.audience) for w in asked
    ]
    done = {job.pk: job for job in jobs.wait_for(queued)} if queued else {}
    made = {w.job_id: w for w in Workbook.objects.filter(job__in=[j.pk for j in queued])}
    paths = []
    for job, want in zip(queued, asked, strict=True):
        if done[job.pk].state != Job.State.DONE:
            raise SimulationError(f"{want.plain_name}: {done[job.pk].error}")
        path = reports.export(made[job.pk], folder, by=by)
        if plain_names:
            path = path.replace(path.with_name(want.plain_name))
        paths.append(path)
    return paths
