"""upload.js in Chromium, against a server that answers as its contract says: progress, order, cancel, refusals."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from common.files import DOCUMENTS
from tests.house.code import ROOT

pytestmark = pytest.mark.browser

SCRIPTS = ROOT / "common/static/common"
STYLES = (ROOT / "node_modules/@tabler/core/dist/css/tabler.min.css", ROOT / "common/static/common/house.css")
SITE = "http://hongchuang.test/"


def fragment(names: list[str], error: str = "") -> str:
    """What a view answers: the list, and the form with what was refused."""
    items = "".join(f"<li>{name}</li>" for name in names)
    context = {
        "url": "/papers/", "target": "papers", "name": "p", "label": "登记证书", "allowed": DOCUMENTS,
        "limit": 2 * 1024 * 1024, "several": True, "errors": [error] if error else [],
    }  # fmt: skip
    with translation.override("en"):
        return f'<div id="papers"><ul id="stored">{items}</ul>{render_to_string("common/upload.html", context)}</div>'


class Server:
    """Stores what it is sent; refuses what is called so."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.status = 0

    def answer(self, route: Any) -> None:
        request = route.request
        if request.url.endswith(".js"):
            script = SCRIPTS / request.url.rpartition("/")[2]
            route.fulfill(content_type="text/javascript", body=script.read_text())
            return
        if request.method == "GET":
            styles = "".join(f"<style>{s.read_text()}</style>" for s in STYLES)
            route.fulfill(
                content_type="text/html; charset=utf-8",
                body=f'<!doctype html><html lang="en"><title>a</title>{styles}<main id="main" tabindex="-1" class="container-xl p-3">'
                f"<h1>Papers</h1>{fragment(self.stored)}</main>"
                '<script type="module" src="/static/common/upload.js"></script></html>',
            )
            return
        self.asked.append(request.headers)
        name = re.findall(r'filename="([^"]+)"', (request.post_data_buffer or b"").decode("utf-8", "replace"))[0]
        html = {"content_type": "text/html; charset=utf-8"}
        if self.status == 413:
            route.fulfill(status=413, body='<main><p role="alert">What was sent has 60 MB.</p></main>', **html)
        elif self.status == 200:
            route.fulfill(status=200, body='<main><form id="login"></form></main>', **html)
        elif self.status == -1:
            route.abort()
        elif "bad" in name:
            route.fulfill(status=422, body=fragment(self.stored, f"{name}: The file contains macros."), **html)
        else:
            self.stored.append(name)
            route.fulfill(status=200, body=fragment(self.stored), **html)


@pytest.fixture
def server(page: Any) -> Server:
    server = Server()
    page.route("**/*", server.answer)
    page.goto(SITE)
    return server


def files(*names: str, size: int = 1000) -> list[dict[str, Any]]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": b"x" * size} for name in names]


def test_several_files_go_one_after_another_and_each_tells_how_it_ended(page: Any, server: Server) -> None:
    page.set_input_files("input[type=file]", files("a.pdf", "bad.pdf", "c.pdf"))
    page.wait_for_function(
        "document.querySelectorAll('#stored li').length === 2 && !document.querySelector('progress')"
    )
    assert server.stored == ["a.pdf", "c.pdf"]
    assert all(headers["x-upload"] == "1" for headers in server.asked)
    rows = [" ".join(text.split()) for text in page.locator(".upload-row").all_inner_texts()]
    assert rows == ["a.pdf Stored.", "bad.pdf The file contains macros.", "c.pdf Stored."]
    assert page.locator(".field-error").count() == 1
    assert "c.pdf: Stored." in page.locator("[data-upload-status]").inner_text()


def test_a_file_larger_than_allowed_is_refused_before_it_is_sent(page: Any, server: Server) -> None:
    page.set_input_files("input[type=file]", files("large.pdf", size=3 * 1024 * 1024))
    page.wait_for_selector(".field-error")
    assert page.locator(".field-error").inner_text() == "The file has 3 MB; at most 2 MB are taken."
    assert not server.asked


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (413, "What was sent has 60 MB."),
        (200, "The file was not taken. Reload the page"),
        (-1, "The connection was lost."),
    ],
)
def test_whatever_else_is_answered_is_told_at_the_field(page: Any, server: Server, status: int, sentence: str) -> None:
    server.status = status
    page.set_input_files("input[type=file]", files("a.pdf"))
    page.wait_for_selector(".field-error")
    assert sentence in page.locator(".field-error").inner_text()
    assert page.locator("input[type=file]").get_attribute("aria-invalid") == "true"


def test_one_on_its_way_can_be_cancelled_by_keyboard_and_the_next_goes_on(page: Any, server: Server) -> None:
    held: list[Callable[[], None]] = []
    page.unroute("**/*")
    page.route("**/*", lambda route: server.answer(route) if held else held.append(lambda: None))
    page.set_input_files("input[type=file]", files("slow.pdf", "next.pdf"))
    page.wait_for_selector("progress")
    page.get_by_role("button", name="Cancel slow.pdf").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelectorAll('#stored li').length === 1 && !document.querySelector('progress')"
    )
    assert server.stored == ["next.pdf"]
    assert "Cancelled; nothing was stored." in page.locator(".upload-row").first.inner_text()
    assert page.evaluate("document.activeElement.type") == "file"


def test_the_upload_is_accessible_and_fits_a_phone(page: Any, server: Server, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": 390, "height": 800})
    page.set_input_files("input[type=file]", files("bad.pdf", "平湖市某某社会组织服务中心法人登记证书副本扫描件.pdf"))
    page.wait_for_function(
        "document.querySelectorAll('#stored li').length === 1 && !document.querySelector('progress')"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page).response["violations"] == []


def test_without_the_script_it_is_an_ordinary_form() -> None:
    html = fragment([])
    assert 'method="post"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "hidden" not in html.split("upload-send")[1].split("</div>")[0]
