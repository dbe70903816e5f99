"""The calendar of a round as a timeline: its phases on one scale, each with where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from common.clock import today
from common.machine.due import time_told
from rounds.models import Round
from rounds.models.phase import days_told
from rounds.phases import LATE, RUNNING, PhaseKind, Planned, Standing, standing

MOST_TICKS = 5  # as many months as a phone has room for
LAST_TICK = 84  # percent: the name of a month stands to the right of its line


@dataclass(frozen=True)
class Line:
    """A phase as it is drawn: `left` and `width` in percent of the scale; without days it has no bar."""

    phase: Planned
    standing: Standing
    left: float
    width: float

    @property
    def days(self) -> str:
        return days_told(self.phase.starts_on, self.phase.ends_on)

    @property
    def told(self) -> str:
        """How far off its last day is, of one that runs or is late."""
        return time_told(self.phase.ends_on) if self.phase.ends_on and self.standing in {RUNNING, LATE} else ""


@dataclass(frozen=True)
class Timeline:
    """`ticks`: (percent, month) on the scale; `on`: the day on which it is drawn; `today`: its percent, None when it lies
    outside."""

    lines: Sequence[Line]
    ticks: Sequence[tuple[float, str]]
    on: date
    today: float | None


def planned(round_: Round) -> list[Planned]:
    """The phases in their order, the call first. One query."""
    rows = list(round_.phases.all())
    call = Planned(PhaseKind.CALL, str(PhaseKind.CALL.label), localdate(round_.opens_at), round_.closes_on)
    return [call] + [
        Planned(row.kind, row.name, row.starts_on, row.ends_on, any(r.kind == row.kind for r in rows[n:]))
        for n, row in enumerate(rows, 1)
    ]


def timeline(round_: Round, phases: Sequence[Planned], waiting: Mapping[str, int]) -> Timeline:
    """`waiting`: kind → how many ventures of the round wait in it, which the rooms above know. No query."""
    first = min(p.starts_on for p in phases if p.starts_on)
    after = max(p.ends_on for p in phases if p.ends_on) + timedelta(1)
    days, on = (after - first).days, today()

    def at(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    def share(starts_on: date, ends_on: date) -> float:
        return round(100 * ((ends_on - starts_on).days + 1) / days, 2)

    lines = [
        Line(
            p,
            standing(p, on=on, state=round_.state, waiting=waiting),
            at(p.starts_on) if p.starts_on else 0,
            share(p.starts_on, p.ends_on) if p.starts_on and p.ends_on else 0,
        )
        for p in phases
    ]
    ticks = [(at(month), f"{month:%Y-%m}") for month in _months(first, after) if at(month) <= LAST_TICK]
    return Timeline(lines, ticks, on, at(on) if first <= on < after else None)


def _months(first: date, after: date) -> list[date]:
    """The first days of the months of the scale, or of every second, third … of them."""
    months = range(first.year * 12 + first.month, after.year * 12 + after.month)
    step = -(-len(months) // MOST_TICKS) or 1
    days = (date(m // 12, m % 12 + 1, 1) for m in months[::step])
    return [day for day in days if day < after]
