"""A file is refused before a byte of it is read: by who may not, in a state that takes none, and beyond the budget."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common.site import uploads
from common.site.checks import patterns
from tests.factories import an_applicant
from tests.web.desk_world import planted
from tests.web.test_corpus import UPLOADS
from ventures.application.views import papers
from ventures.states import State

DOORS = sorted(str(pattern.name) for __, pattern in patterns() if hasattr(pattern.callback, "ask"))


class Unreadable:
    """A body that says when somebody looks at it."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send(client: Client, url: str) -> int:
    return client.post(url, **unread(1_000_000)).status_code


def unread(announced: int) -> dict[str, Any]:
    """The environment of a request with a body that nobody may look at."""
    kind = "multipart/form-data; boundary=x"
    return {"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(announced), "CONTENT_TYPE": kind}


def in_browser(user: Any = None) -> Client:
    """With the cookie of CSRF, whose token is looked for in the body."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    client.cookies["csrftoken"] = "a" * 32
    return client


def url_of(name: str, site: SimpleNamespace) -> str:
    if name in {"apply_submit", "apply_resubmit"}:
        return reverse(name, args=[planted(site.world.desk, State.DRAFT).pk])
    upload = next(u for u in UPLOADS if u.url == name)
    return reverse(name, args=upload.args(site.world))


def test_each_door_for_files_is_asked_first() -> None:
    assert set(DOORS) == {u.url for u in UPLOADS} | {"apply_submit", "apply_resubmit"}


@pytest.mark.parametrize("name", DOORS)
def test_nothing_is_read_of_a_file_by_who_may_not(site: SimpleNamespace, name: str) -> None:
    url = url_of(name, site)
    stranger, __ = an_applicant()
    assert send(in_browser(), url) == 302, "to log in"
    assert send(in_browser(stranger), url) in {403, 404}
    assert send(in_browser(site.world.desk.expert), url) == 403


@pytest.mark.parametrize("name", [name for name in DOORS if name.startswith("apply_")])
def test_nothing_is_read_of_a_file_in_a_state_that_takes_none(site: SimpleNamespace, name: str) -> None:
    venture = planted(site.world.desk, State.IN_REVIEW)
    more = {"apply_attach": [1], "apply_table_in": ["budget"]}
    url = reverse(name, args=[venture.pk, *more.get(name, [])])
    assert send(in_browser(site.world.desk.applicant), url) == 409


@pytest.mark.parametrize("name", DOORS)
def test_nothing_is_read_of_a_file_beyond_the_budget(
    site: SimpleNamespace, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "UPLOADS", replace(uploads.UPLOADS, most=0))
    who = site.world.desk.applicant if name.startswith("apply_") else site.world.desk.manager
    assert send(in_browser(who), url_of(name, site)) == 429


def test_what_is_not_submitted_is_bounded_for_a_person(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "UNSUBMITTED", replace(papers.UNSUBMITTED, most=1000))
    assert send(in_browser(site.world.desk.applicant), url_of("apply_attach", site)) == 429


def test_a_form_without_files_takes_no_large_body(client: Client) -> None:
    assert client.post(reverse("login"), **unread(settings.FORM_BODY_LIMIT + 1)).status_code == 413
