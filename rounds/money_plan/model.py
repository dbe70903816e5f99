"""What a plan says of the money of one venture. Pure: no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Trigger(StrEnum):
    """What a tranche waits for."""

    AGREEMENT = "agreement"
    DATE = "date"
    MID_TERM = "mid_term"
    FINAL = "final"
    AUDIT = "audit"
    CLOSURE = "closure"


class Event(StrEnum):
    """What happens to a funded venture, in this order."""

    SIGNING = "signing"
    BEGINNING = "beginning"
    MID_TERM = "mid_term"
    FINAL = "final"
    AUDIT = "audit"
    SHOWING = "showing"
    CLOSING = "closing"


# A date comes by itself, whatever has happened to the venture.
AFTER: Mapping[Trigger, Event] = {
    Trigger.AGREEMENT: Event.SIGNING,
    Trigger.MID_TERM: Event.MID_TERM,
    Trigger.FINAL: Event.FINAL,
    Trigger.AUDIT: Event.AUDIT,
    Trigger.CLOSURE: Event.SHOWING,
}


@dataclass(frozen=True)
class Tranche:
    """`percent` of the award or `amount` in 元; neither: what remains. `on`: the day of a tranche that waits for one."""

    label: str
    trigger: Trigger
    percent: Decimal | None = None
    amount: Decimal | None = None
    on: date | None = None

    @property
    def is_the_rest(self) -> bool:
        return self.percent is None and self.amount is None


@dataclass(frozen=True)
class Plan:
    """`least`: the smallest grant in 元; `signed_after`: the day before which no agreement can be signed."""

    tranches: Sequence[Tranche]
    least: Decimal
    has_mid_term: bool = True
    signed_after: date | None = None

    @property
    def life(self) -> list[Event]:
        """What happens to each of its ventures."""
        return [event for event in Event if event is not Event.MID_TERM or self.has_mid_term]
