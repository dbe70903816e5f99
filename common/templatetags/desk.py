from typing import Any

from django import template

from common.desk import entries_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Pages of the desk for this reader; the one with the longest matching address is `here`."""
    request = context["request"]
    entries = entries_for(request.user)
    under = [e for e in entries if request.path.startswith(e["url"])]
    here = max(under, key=lambda e: len(e["url"]), default=None)
    return [{**e, "here": e is here} for e in entries]
