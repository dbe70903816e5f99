"""The navigation of the desk, as data: rooms register their pages, under which name, and who may see them, and open the
groups in which the pages stand: the parts of a round, one after the other."""

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
_groups: dict[int, Any] = {}


def desk_entry(order: int, name: str, label: Any, perm: str, also: tuple[str, ...] = ()) -> None:
    """Put a page into the navigation of the desk. Called when a room starts."""
    _entries.append(Entry(order, name, label, perm, also))
    _entries.sort(key=lambda e: e.order)


def desk_group(order: int, label: Any) -> None:
    """Open a group: pages from this place on, up to the next group, stand in it. Called when a room starts."""
    _groups[order] = label


def group_of(order: int) -> tuple[int, Any]:
    """(place, label) of the group in which a page of this place stands; (0, "") before the first."""
    place = max((start for start in _groups if start <= order), default=0)
    return place, _groups.get(place, "")


def _beginning(name: str) -> str:
    """The address of a list; what the addresses of single things have in common."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[0]).removesuffix("0/")


def entry_at(entries: list[dict[str, Any]], path: str) -> dict[str, Any] | None:
    """The page of these under which an address lies: the one that accounts for most of it."""
    found = max(entries, key=lambda e: _covers(e, path), default=None)
    return found if found is not None and _covers(found, path) else None


def _covers(entry: dict[str, Any], path: str) -> int:
    """How much of the address the entry accounts for. Everything lies under the desk's own page, which covers itself only."""
    if entry["name"] == "desk_home":
        return int(path == entry["url"])
    return max((len(u) for u in entry["under"] if path.startswith(u)), default=0)


def entries_for(user: Any) -> list[dict[str, Any]]:
    """Pages of the desk that `user` may open, in their order."""
    return [
        {
            "name": e.name,
            "label": e.label,
            "group": group_of(e.order),
            "url": (url := reverse(e.name)),
            "under": (url, *map(_beginning, e.also)),
        }
        for e in _entries
        if user.has_perm(e.perm)
    ]
