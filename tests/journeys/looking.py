"""Looking at a page with axe, at the widths of a desk and of a phone."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import axe_playwright_python
from django.test import Client

from tests.corpus.draw import WHOLE, is_drawn, one_of

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


SHARE = 4  # one page in so many is looked at every day
T = TypeVar("T")


def drawn(pages: Mapping[str, T]) -> list[T]:
    """The pages, by name, that are looked at: a share of them every day, another with each seed; all in `make test-long`."""
    return [page for name, page in pages.items() if WHOLE or is_drawn(name, SHARE)]


def violations(page: Any) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for found in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
        yield f"{found['impact']} {found['id']}: {[node['html'][:90] for node in found['nodes'][:3]]}"


def wrong_on(page: Any, name: str, sizes: tuple[dict[str, int], ...] = (WIDE, PHONE)) -> list[str]:
    """What axe finds on the page that is open, and what stands beyond its edge: every day at one of the sizes, with
    one seed always the same one of a page; at all of them in `make test-long`."""
    wrong = []
    if not WHOLE:
        # Without the keys of the rows, which are others in each run.
        sizes = (one_of(sizes, re.sub(r"\d+", "", name)),)
    for size in sizes:
        page.set_viewport_size(size)
        wrong += [f"{name} at {size['width']}: {said}" for said in violations(page)]
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            wrong.append(f"{name} at {size['width']}: {beyond} px beyond the edge")
    page.set_viewport_size(WIDE)
    return wrong


def as_user(context: Any, base: str, user: Any) -> None:
    """Logged in without walking through the form: that is another test's."""
    context.clear_cookies()
    if user is None:
        return
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
