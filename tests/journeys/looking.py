"""Looking at a page: with axe, and at how it stands at the widths of a phone, a tablet, a desk and a wall."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from django.test import Client

from tests.corpus.draw import WHOLE, one_of

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# `target-size` is off unless it is asked for.
ASKED = "axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
LAYOUT = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SIZES = ({"width": 1920, "height": 1080}, WIDE, {"width": 810, "height": 1080}, PHONE)


def violations(page: Any) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for found in page.evaluate(ASKED)["violations"]:
        yield f"{found['impact']} {found['id']}: {[node['html'][:90] for node in found['nodes'][:3]]}"


def wrong_on(page: Any, name: str, also: Any = None) -> list[str]:
    """What stands wrong on the open page at each width, and what axe finds at a desk and on a phone: every day at one of
    the two, with one seed always the same one of a page. `also` is told each size, when the page has it."""
    # Without the keys of the rows, which are others in each run.
    asked = (WIDE, PHONE) if WHOLE else (one_of((WIDE, PHONE), re.sub(r"\d+", "", name)),)
    wrong = []
    for size in SIZES:
        page.set_viewport_size(size)
        found = [*page.evaluate(LAYOUT), *(violations(page) if size in asked else ())]
        wrong += [f"{name} at {size['width']}: {said}" for said in found]
        if also:
            also(size)
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
