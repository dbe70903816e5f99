"""Whoever is logged out while a page is open is led back to that page: never to a part of it, never to a verb."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from common.site.checks import patterns
from common.site.web import PUBLIC
from tests.factories import a_user
from tests.house.code import ROOMS, ROOT

pytestmark = pytest.mark.django_db

PAGE = "/apply/ventures/1/form/budget/?from=desk"
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
UPLOAD = {"X-Upload": "1", "Referer": f"http://testserver{PAGE}"}
SCRIPT = {"Accept": "application/json", "Referer": f"http://testserver{PAGE}"}
A_UUID = "00000000-0000-4000-8000-000000000000"
FILLED = {"int": "1", "uuid": A_UUID, "slug": "a", "str": "a", "path": "a"}


def closed_doors() -> Iterator[tuple[str, str]]:
    """URL name and a URL of every view that is not public."""
    for route, pattern in patterns():
        if pattern.callback.policy != PUBLIC:
            yield pattern.name or "", re.sub(r"<(\w+):\w+>", lambda m: FILLED[m[1]], route)


def next_of(url: str) -> str:
    assert url.startswith("/login/"), url
    return parse_qs(urlsplit(url).query)["next"][0]


def test_every_background_request_is_told_and_led_back_to_its_page() -> None:
    client = Client()
    doors = list(closed_doors())
    assert len(doors) > 100
    for name, url in doors:
        for method in ("get", "post"):
            answer = getattr(client, method)(url, headers=HTMX)
            assert answer.status_code == 401, (name, method)
            if method == "get":
                assert next_of(answer["HX-Redirect"]) == PAGE, name
            else:  # what was typed stays on the page
                assert "HX-Redirect" not in answer and "data-login" in answer.content.decode(), name
        assert next_of(client.post(url, headers=SCRIPT).json()["login"]) == PAGE, name
        told = client.post(url, headers=UPLOAD)
        assert told.status_code == 401 and 'role="alert"' in told.content.decode(), name


def test_every_part_that_a_page_asks_for_is_behind_such_a_door() -> None:
    asked = set()
    for room in ROOMS:
        for template in (ROOT / room / "templates").rglob("*.html"):
            asked |= set(re.findall(r"hx-\w+=\"\{% url '(\w+)'", template.read_text(encoding="utf-8")))
    assert len(asked) > 2 and asked - {name for name, _ in closed_doors()} == set()


def test_a_verb_leads_back_to_the_page_from_which_it_was_sent() -> None:
    client = Client()
    verb = "/apply/ventures/1/submit/"
    assert next_of(client.post(verb, headers={"Referer": f"http://testserver{PAGE}"})["Location"]) == PAGE
    assert client.post(verb, headers={"Referer": "https://elsewhere.example/"})["Location"] == "/login/"
    assert client.post(verb)["Location"] == "/login/"
    assert next_of(client.get(PAGE)["Location"]) == PAGE


def test_the_second_factor_comes_first_and_leads_back_too(settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    client.force_login(a_user(Role.CLERK))
    answer = client.get(reverse("desk_reports_list"), headers=HTMX)
    assert answer.status_code == 401 and answer["HX-Redirect"].startswith(reverse("factor_set_up"))
    assert parse_qs(urlsplit(answer["HX-Redirect"]).query)["next"] == [PAGE]


def test_without_any_cookie_a_script_is_told_the_same() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("apply_autosave", args=[1, "budget"]), headers=SCRIPT)
    assert answer.status_code == 401 and answer.json()["problem"]
