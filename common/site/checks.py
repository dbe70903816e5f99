"""Checks at start: a view without a declared audience does not start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def patterns(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its full route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


@register
def every_view_declares_its_audience(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"{route} has no declared audience.", hint="Use @public or @page(...) of common.site.web.", id="common.E001"
        )
        for route, pattern in patterns()
        if not hasattr(pattern.callback, "policy")
    ]
