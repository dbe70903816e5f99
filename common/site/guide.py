"""The first visit of each role, in four steps: each leads to a page and says what it is for. Shown on the first page of the
role until the person ends it, on each page of a step (`?guide=2`) as a strip, and on the help page as the part of the role.

    guide("finance", Step(_("Today"), _("…"), "desk_home"), …)
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

STEPS = 4
PARAMETER = "guide"


@dataclass(frozen=True)
class Step:
    """`page` is the name of an address that needs nothing else to be opened."""

    title: Any
    words: Any
    page: str


_guides: dict[str, tuple[Step, ...]] = {}


def guide(role: str, *steps: Step) -> None:
    """Say the steps of a role, in their order. Called when a room starts."""
    assert role not in _guides, f"the guide of {role} is said twice"
    assert len(steps) == STEPS, f"the guide of {role} has {len(steps)} steps"
    _guides[role] = steps


def guide_of(role: str) -> tuple[Step, ...]:
    """The steps of a role; none for one that has no guide."""
    return _guides.get(role, ())


def address_of_step(role: str, number: int) -> str:
    """Where a step leads; empty for one that the role does not have."""
    steps = guide_of(role)
    return f"{reverse(steps[number - 1].page)}?{PARAMETER}={number}" if 1 <= number <= len(steps) else ""


def with_guide(request: HttpRequest, url: str) -> str:
    """Of a page that leads on to another one: the step goes with it."""
    number = number_of(request.GET.get(PARAMETER))
    return f"{url}{'&' if '?' in url else '?'}{PARAMETER}={number}" if number else url


def number_of(asked: str | None) -> int:
    """1 to 4 as it stands in an address; 0 for anything else."""
    return int(asked) if asked in {str(n) for n in range(1, STEPS + 1)} else 0
