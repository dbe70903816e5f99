"""Guessing is slow, and nobody can keep the owner out by it."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from accounts import throttle
from accounts.client_address import address_of
from common import clock
from common.clock import now
from common.errors import TooMany
from common.models import Taken
from tests.factories import PASSWORD, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ELSEWHERE = "203.0.113.9"


def guess(client, username, password="wrong", address="127.0.0.1"):
    return client.post(reverse("login"), {"username": username, "password": password}, REMOTE_ADDR=address)


def test_a_guesser_from_elsewhere_does_not_keep_the_owner_out(client):
    user = a_user()
    for __ in range(throttle.PASSWORD.most + 1):
        answer = guess(client, user.username, address=ELSEWHERE)
    assert answer.status_code == 429
    assert guess(client, user.username, PASSWORD).status_code == 302


def test_ten_wrong_ones_make_even_the_right_password_wait_and_say_how_long(client):
    user = a_user()
    start = now()
    with clock.at(start):
        for __ in range(throttle.PASSWORD.most):
            assert guess(client, user.username).status_code == 422
    with clock.at(start + timedelta(minutes=5)):
        answer = guess(client, user.username.upper(), PASSWORD)
        assert answer.status_code == 429
        assert "15 分钟内已输错密码 10 次，请 10 分钟后再试" in answer.content.decode()
    with clock.at(start + timedelta(minutes=15)):
        assert guess(client, user.username, PASSWORD).status_code == 302


def test_many_accounts_tried_from_one_address_are_limited_as_well(client, monkeypatch):
    monkeypatch.setattr(throttle, "PASSWORDS", replace(throttle.PASSWORDS, most=12))
    user = a_user()
    for n in range(12):
        guess(client, f"somebody{n}", address=ELSEWHERE)
    assert guess(client, user.username, PASSWORD, ELSEWHERE).status_code == 429
    assert guess(client, user.username, PASSWORD).status_code == 302


def test_right_passwords_do_not_count_against_the_office_they_come_from(client, monkeypatch):
    monkeypatch.setattr(throttle, "PASSWORDS", replace(throttle.PASSWORDS, most=3))
    for __ in range(5):
        assert guess(client, a_user().username, PASSWORD).status_code == 302


def test_an_unknown_account_is_answered_in_the_same_words(client):
    known = guess(client, a_user().username).content.decode()
    unknown = guess(client, "nobody").content.decode()
    for page in (known, unknown):
        assert "用户名或密码不正确" in page


def test_a_clock_that_is_set_back_locks_nobody_out():
    """Full in 2027, asked in 2026: it was full for 43,215 minutes."""
    with clock.at(now() + timedelta(days=30)):
        for __ in range(throttle.FACTOR.most):
            throttle.take(throttle.FACTOR, account="1")
        with pytest.raises(TooMany):
            throttle.take(throttle.FACTOR, account="1")
    throttle.take(throttle.FACTOR, account="1")
    assert Taken.objects.get().count == 1


def test_old_rows_go_when_a_new_one_comes():
    with clock.at(now() - timedelta(days=3)):
        throttle.take(throttle.PASSWORD, account="long-ago", address=ELSEWHERE)
    throttle.take(throttle.PASSWORD, account="today", address=ELSEWHERE)
    assert list(Taken.objects.values_list("whose", flat=True)) == [f"today|{ELSEWHERE}"]


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_than_the_limit_get_through():
    through = []

    def guess_once():
        try:
            throttle.take(throttle.FACTOR, account="1")
            through.append(1)
        except TooMany:
            pass
        finally:
            connection.close()

    threads = [Thread(target=guess_once) for __ in range(20)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(through) == throttle.FACTOR.most


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "198.51.100.7", "1.2.3.4", "198.51.100.7"),
        (1, "127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        (2, "127.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (1, "127.0.0.1", "rubbish", ""),
        (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
        (0, "::ffff:198.51.100.7", "", "198.51.100.7"),
        (0, "", "", ""),
    ],
)
def test_the_address_is_the_client_s_and_nobody_makes_it_up(settings, proxies, remote, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    assert address_of(request) == address
