"""The navigation of the desk with what waits: fetched when a page is there, so that no page is slower for it."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.site.desk import entries_for, entry_at
from common.site.todo import todo
from common.site.web import page

FRESH = 30  # seconds for which the counts of a person are kept


@page("accounts.use_desk")
def menu(request: HttpRequest) -> HttpResponse:
    """The bar of the page `at`, with counts."""
    at = request.GET.get("at", "")[:200] or request.path
    return render(request, "common/deskbar.html", {"menu_of": at, "menu_waiting": waiting_for(request.user)})


def waiting_for(user: Any) -> dict[str, int]:
    """Page of the desk → how much waits there for this person; at most some hundreds are counted."""
    key = f"desk-waiting:{user.pk}:{user.role}"
    kept: dict[str, int] | None = cache.get(key)
    if kept is None:
        kept = {}
        entries = entries_for(user)
        for item in (i for i in todo(user) if i.is_mine):
            if entry := entry_at(entries, item.url.partition("?")[0]):
                n = item.count.n if item.count else 1
                kept[entry["name"]] = kept.get(entry["name"], 0) + n
        cache.set(key, kept, FRESH)
    return kept
