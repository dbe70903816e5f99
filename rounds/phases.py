"""The phases of a round's life (阶段日程), in their order, and where each of them stands. Source of the order: domain notes,
section 2; 复核 after the notice as in 上海 公益招投标."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rounds.states import RoundState, since


class PhaseKind(TextChoices):
    """In the order of a round's life."""

    CALL = "call", _("Call")
    SCREENING = "screening", _("Screening")
    REVIEW = "review", _("Review")
    NOTICE = "notice", _("Public notice")
    RECHECK = "recheck", _("Inquiry into objections (复核)")
    AGREEMENT = "agreement", _("Agreement")
    MID_TERM = "mid_term", _("Mid-term evaluation")
    FINAL = "final", _("Final evaluation")
    SHOWCASE = "showcase", _("Showcase")
    CLOSURE = "closure", _("Closure")


# From which state of the round on a kind can be over; whether it is, its ventures decide.
OVER_SINCE: Mapping[str, RoundState] = {
    PhaseKind.CALL: RoundState.CALL_CLOSED,
    PhaseKind.SCREENING: RoundState.IN_REVIEW,
    PhaseKind.REVIEW: RoundState.ON_NOTICE,
    PhaseKind.NOTICE: RoundState.IN_DELIVERY,
    PhaseKind.RECHECK: RoundState.IN_DELIVERY,
    PhaseKind.AGREEMENT: RoundState.IN_DELIVERY,
    PhaseKind.MID_TERM: RoundState.IN_DELIVERY,
    PhaseKind.FINAL: RoundState.IN_DELIVERY,
    PhaseKind.SHOWCASE: RoundState.IN_DELIVERY,
    PhaseKind.CLOSURE: RoundState.CLOSED,
}


@dataclass(frozen=True)
class Standing:
    """How a page marks a phase."""

    slug: str
    label: Any
    colour: str


TO_COME = Standing("to-come", _("To come"), "secondary")
RUNNING = Standing("running", _("Running"), "blue")
LATE = Standing("late", _("Overdue"), "red")
DONE = Standing("done", _("Done"), "green")


@dataclass(frozen=True)
class Planned:
    """A phase as it is planned: its first and last day, both included, or neither. `has_next`: another of its kind follows,
    like a second stage of the review."""

    kind: str
    name: str
    starts_on: date | None
    ends_on: date | None
    has_next: bool = False


def standing(phase: Planned, *, on: date, state: str, waiting: Mapping[str, int]) -> Standing:
    """Where a phase stands on the day `on`, in this state of the round. `waiting`: kind → how many of the round's ventures
    wait in it.

    Done: the round has gone on, and none of its ventures waits in the phase or before it. Late: its last day is over
    before that. A phase without days runs while something waits in it. In which of several stages of a kind a venture
    is, its state does not tell: one that another follows is done with its last day.
    """
    order = list(PhaseKind)
    before = order[: order.index(PhaseKind(phase.kind))]
    behind, here = sum(waiting.get(kind, 0) for kind in before), waiting.get(phase.kind, 0)
    if state in since(OVER_SINCE[phase.kind]) and not behind + here:
        return DONE
    if state == RoundState.PREPARING:
        return TO_COME
    if phase.ends_on is not None and phase.ends_on < on:
        has_come = not before or state in since(OVER_SINCE[before[-1]])
        return DONE if phase.has_next and has_come and not behind else LATE
    has_begun = phase.starts_on <= on if phase.starts_on is not None else bool(here)
    return RUNNING if has_begun else TO_COME
