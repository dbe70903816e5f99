from itertools import groupby
from typing import Any

from django import template

from common.site.desk import entries_for, entry_at

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_groups(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Pages of the desk for this reader, by group; the one with the longest matching address is `here`; `menu_waiting` is what
    `context` says of a page: how much waits there for the reader."""
    request = context["request"]
    path = context.get("menu_of", request.path)
    waiting = context.get("menu_waiting", {})
    entries = entries_for(request.user)
    here = entry_at(entries, path)
    told = [{**e, "here": e is here, "waiting": waiting.get(e["name"], 0)} for e in entries]
    return [
        {"label": label, "entries": (own := list(rows)), "here": any(e["here"] for e in own),
         "waiting": sum(e["waiting"] for e in own)}
        for (__, label), rows in groupby(told, key=lambda e: e["group"])
    ]  # fmt: skip
