"""People in front of a real browser. Whatever the site shows, no request may leave this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import PASSWORD
from tests.journeys.wire import Wire


@pytest.fixture
def wire(live_server: Any) -> Iterator[Wire]:
    """A way to the server, by another address, that can be cut."""
    wire = Wire(live_server.url)
    yield wire
    wire.close()


@pytest.fixture
def site(page: Any, live_server: Any) -> Iterator[Any]:
    """A page that remembers where it asked, answers each "are you sure" with yes and tells of script errors."""
    outside: list[str] = []
    broken: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(live_server.url) else outside.append(r.url))
    page.on("pageerror", lambda e: broken.append(str(e)))
    page.on("dialog", lambda d: d.accept())
    page.base = live_server.url
    yield page
    assert outside == []
    assert broken == []


def go(page: Any, path: str) -> None:
    page.goto(page.base + path)


def log_in(page: Any, user: Any) -> None:
    go(page, "/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url(lambda url: "/login/" not in url)


def text(page: Any) -> str:
    return str(page.inner_text("main"))
