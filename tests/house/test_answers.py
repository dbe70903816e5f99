"""What every answer says of itself: that nobody keeps it when it is for somebody, and how it is compressed."""

import gzip
import re

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Role
from common.site.answers import CompressionMiddleware
from common.site.checks import patterns
from common.site.web import PUBLIC
from tests.factories import a_user
from tests.house.test_lost_session import FILLED

pytestmark = pytest.mark.django_db

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def doors(*, of_all: bool):
    for route, pattern in patterns():
        if pattern.name != "logout" and (of_all or pattern.callback.policy != PUBLIC):
            yield re.sub(r"<(\w+):\w+>", lambda m: FILLED[m[1]], route)


def kept(client: Client, urls):
    """What a browser or a proxy may keep."""
    return [url for url in urls if "no-store" not in client.get(url).headers.get("Cache-Control", "")]


def test_nothing_for_an_audience_is_kept_by_a_browser():
    urls = list(doors(of_all=False))
    assert len(urls) > 100
    assert kept(Client(), urls) == []


def test_no_page_is_kept_of_who_is_logged_in():
    client = Client(raise_request_exception=False)
    client.force_login(a_user(Role.MANAGER))
    assert kept(client, doors(of_all=True)) == []


def test_a_public_page_may_be_kept():
    assert "no-store" not in Client().get("/").headers.get("Cache-Control", "")


def test_a_page_is_compressed_and_its_length_varies():
    client = Client(headers=BROWSER)
    answers = [client.get(reverse("register")) for __ in range(20)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert all(len(answer.content) * 2 < len(gzip.decompress(answer.content)) for answer in answers)
    same = HttpResponse("一样的内容" * 200)
    lengths = {len(_through(HttpResponse(same.content)).content) for __ in range(20)}
    assert len(lengths) > 3  # though nothing in them differs


def test_files_and_tiny_answers_go_as_they_are(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a" * 5000)
    assert "Content-Encoding" not in _through(FileResponse((tmp_path / "a.txt").open("rb"))).headers
    assert "Content-Encoding" not in _through(HttpResponse(b"a" * 5000, content_type="application/pdf")).headers
    assert "Content-Encoding" not in Client(headers=BROWSER).get(reverse("healthz")).headers


def _through(response: HttpResponse) -> HttpResponse:
    return CompressionMiddleware(lambda request: response)(RequestFactory().get("/", headers=BROWSER))
