"""The sub-navigation of the desk, as data: rooms register their pages, under which name, and who may see them."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """A page of the desk: its place, URL name, label, the permission that shows it, names of other pages under it."""

    order: int
    name: str
    label: Any
    perm: str
    also: tuple[str, ...] = ()


_entries: list[Entry] = []


def desk_entry(order: int, name: str, label: Any, perm: str, also: tuple[str, ...] = ()) -> None:
    """Put a page into the navigation of the desk. Called when a room starts."""
    _entries.append(Entry(order, name, label, perm, also))
    _entries.sort(key=lambda e: e.order)


def _beginning(name: str) -> str:
    """The address of a list; what the addresses of single things have in common."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[0]).removesuffix("0/")


def entries_for(user: Any) -> list[dict[str, Any]]:
    """Pages of the desk that `user` may open, in their order."""
    return [
        {"name": e.name, "label": e.label, "url": (url := reverse(e.name)), "under": (url, *map(_beginning, e.also))}
        for e in _entries
        if user.has_perm(e.perm)
    ]
