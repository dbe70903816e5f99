"""Places on a page where rooms hang their part, as gates hang conditions: a lower room's page never imports upward.

@slot("venture.tabs", order=30, label=_("Money"), template="funding/_money.html")
def money(request, venture):
    return {...}   # the template's context, or None: not for this reader
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

Part = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Slot:
    order: int
    name: str
    label: Any
    template: str
    part: Part


@dataclass(frozen=True)
class Rendered:
    name: str
    label: Any
    html: str


_slots: dict[str, list[Slot]] = defaultdict(list)


def slot(place: str, *, order: int, template: str, label: Any = "") -> Callable[[Part], Part]:
    """Hang a part on a place. Called when a room starts."""

    def hang(part: Part) -> Part:
        _slots[place].append(Slot(order, part.__name__, label, template, part))
        _slots[place].sort(key=lambda s: s.order)
        return part

    return hang


def fill(place: str, request: HttpRequest, *args: Any) -> list[Rendered]:
    """Render every part of `place` that has something for this reader."""
    rendered = []
    for s in _slots[place]:
        context = s.part(request, *args)
        if context is not None:
            rendered.append(Rendered(s.name, s.label, render_to_string(s.template, context, request)))
    return rendered
