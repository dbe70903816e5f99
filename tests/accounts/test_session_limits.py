"""A login ends when nobody is there and after its whole time; nobody who types loses what was typed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts import session_limits
from accounts.models import Role
from accounts.session_limits import LIMITS, TO_SEND
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db

A_MOMENT = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
AUTOSAVE = {"Accept": "application/json", "Referer": "http://testserver/apply/"}
POLLING = {"HX-Request": "true", "HX-Current-URL": "http://testserver/me/account/"}


class Person:
    """Somebody with a browser, whose machine's clock can be set forward."""

    def __init__(self, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
        self.limit = LIMITS[role]
        self.time = 1_800_000_000.0
        monkeypatch.setattr(session_limits, "_now", lambda: self.time)
        self.client = Client()
        self.user = a_user(role)
        self.log_in()

    def log_in(self) -> None:
        answer = self.client.post(reverse("login"), {"username": self.user.username, "password": PASSWORD})
        assert answer.status_code == 302

    def wait(self, time: timedelta) -> None:
        self.time += time.total_seconds()

    def is_in(self) -> bool:
        return self.client.get(reverse("account")).status_code == 200


@pytest.fixture(params=Role, ids=str)
def person(request, monkeypatch):
    return Person(request.param, monkeypatch)


@pytest.fixture
def clerk(monkeypatch):
    return Person(Role.CLERK, monkeypatch)


def test_a_login_ends_when_it_is_not_used_for_the_time_of_its_role(person):
    person.wait(person.limit.idle)
    assert person.is_in()
    person.wait(person.limit.idle)
    assert person.is_in()
    person.wait(person.limit.idle + A_MOMENT)
    answer = person.client.get(reverse("account"), follow=True)
    assert parse_qs(urlsplit(answer.redirect_chain[-1][0]).query)["next"] == [reverse("account")]
    assert "登录已失效" in answer.content.decode()
    person.log_in()
    assert person.is_in()


def test_a_login_ends_after_its_whole_time_however_it_is_used(person):
    ends = person.time + person.limit.whole.total_seconds()
    while person.time + person.limit.idle.total_seconds() <= ends:
        person.wait(person.limit.idle)
        assert person.is_in()
    person.time = ends + 1
    assert not person.is_in()


def test_a_form_that_is_being_filled_in_is_still_taken_after_the_whole_time(clerk):
    while clerk.time < 1_800_000_000 + clerk.limit.whole.total_seconds():
        clerk.wait(clerk.limit.idle)
        clerk.client.post(reverse("active"), headers=POLLING)
    clerk.wait(TO_SEND)
    sent = clerk.client.post(reverse("account"), {"name": "新名字", "phone": "", "email": ""})
    assert sent.status_code == 302 and sent["Location"] == reverse("account")
    clerk.user.refresh_from_db()
    assert clerk.user.name == "新名字"
    assert not clerk.is_in()


def test_what_a_page_asks_by_itself_keeps_nobody_logged_in(clerk):
    for __ in range(int(clerk.limit.idle / MINUTE)):
        clerk.wait(MINUTE)
        assert clerk.client.get(reverse("desk_reports_list"), headers=POLLING).status_code == 200
    clerk.wait(A_MOMENT)
    told = clerk.client.get(reverse("desk_reports_list"), headers=POLLING)
    assert told.status_code == 401 and told["HX-Redirect"] == f"{reverse('login')}?next={reverse('account')}"


def test_who_types_stays_logged_in(clerk):
    for __ in range(3):
        clerk.wait(clerk.limit.idle)
        assert clerk.client.post(reverse("active"), headers=POLLING).status_code == 204
    assert clerk.is_in()


def test_an_autosave_after_the_end_is_told_and_led_back_to_its_page(monkeypatch):
    applicant = Person(Role.APPLICANT, monkeypatch)
    applicant.wait(applicant.limit.idle + A_MOMENT)
    told = applicant.client.post(reverse("apply_autosave", args=[1, "budget"]), headers=AUTOSAVE)
    assert told.status_code == 401
    assert told.json()["problem"].startswith("登录已失效")
    assert told.json()["login"] == f"{reverse('login')}?next=/apply/"


def test_a_public_page_is_shown_after_the_end_without_the_person(clerk):
    clerk.wait(clerk.limit.idle + A_MOMENT)
    answer = clerk.client.get("/")
    assert answer.status_code == 200 and clerk.user.name not in answer.content.decode()
