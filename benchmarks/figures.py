"""What a bench yields."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`goal` is an upper bound in `unit`, or None for a figure that is only told."""

    name: str
    value: float
    unit: str
    goal: float | None = None
