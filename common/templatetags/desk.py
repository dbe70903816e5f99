from typing import Any

from django import template

from common.site.desk import entries_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Pages of the desk for this reader; the one with the longest matching address is `here`."""
    request = context["request"]
    entries = entries_for(request.user)
    here = max(entries, key=lambda e: _covers(e, request.path), default=None)
    return [{**e, "here": e is here and _covers(e, request.path) > 0} for e in entries]


def _covers(entry: dict[str, Any], path: str) -> int:
    """How much of the address the entry accounts for. Everything lies under the desk's own page, which covers itself only."""
    if entry["name"] == "desk_home":
        return int(path == entry["url"])
    return max((len(u) for u in entry["under"] if path.startswith(u)), default=0)
