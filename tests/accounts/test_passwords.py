"""Passwords: the rules say what and how much; changed by their owner; set anew by mail without telling who exists."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import throttle
from accounts.models import User
from common.models import JournalEntry, OutboxMessage
from common.work.outbox import drain
from tests.accounts.conftest import enter, with_phone
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db

NEW = "another-long-one-7"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short-7", "密码至少 10 个字符，当前为 7 个"),
        ("1029384756019", "不能全是数字"),
        ("password123", "最常用的 "),
        ("marigold-lin", "密码与“用户名”过于相近：相同部分须低于 70%"),
    ],
)
def test_a_weak_password_is_refused_with_the_rule_and_its_number(client, password, sentence):
    user = a_user(username="marigold-lin2")
    client.force_login(user)
    answer = client.post(reverse("change_password"), {"old": PASSWORD, "new": password, "again": password})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_changing_it_asks_for_the_present_one_and_ends_all_other_sessions():
    user = a_user()
    here, there = Client(), Client()
    for c in (here, there):
        enter(c, user, PASSWORD)
    wrong = here.post(reverse("change_password"), {"old": "wrong", "new": NEW, "again": NEW})
    assert wrong.status_code == 422 and "当前密码不正确" in wrong.content.decode()
    before = here.session.session_key
    here.post(reverse("change_password"), {"old": PASSWORD, "new": NEW, "again": NEW})
    assert here.session.session_key != before
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302
    assert JournalEntry.objects.of(user).filter(verb="change_password").exists()


def test_guessing_the_present_password_on_an_open_screen_is_limited(client):
    client.force_login(a_user())
    for __ in range(throttle.PASSWORD.most):
        client.post(reverse("change_password"), {"old": "wrong", "new": NEW, "again": NEW})
    answer = client.post(reverse("change_password"), {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 429


def ask(client, wanted, **extra):
    return client.post(reverse("forgotten"), {"wanted": wanted}, **extra)


def link_in(message):
    return re.search(r"https?://[^/]+(/password/reset/\S+)", message.body).group(1)


@pytest.mark.parametrize("by", ["username", "email"])
def test_a_forgotten_password_is_set_anew_by_mail_once(client, by):
    user = a_user(email="Owner@example.org")
    ask(client, {"username": user.username, "email": "owner@EXAMPLE.org"}[by])
    drain()
    assert [m.to for m in mail.outbox] == [["Owner@example.org"]]
    link = link_in(mail.outbox[0])
    for __ in range(2):  # a chat program or a virus scanner looks first
        assert client.get(link).status_code == 200
    answer = client.post(link, {"new": NEW, "again": NEW})
    assert answer.headers["location"] == reverse("login")
    assert client.get(reverse("account")).status_code == 302, "who has the mail still gives the second factor"
    assert enter(client, user, NEW).status_code == 302
    assert client.get(link).status_code == 410
    assert client.post(link, {"new": NEW, "again": NEW}).status_code == 410
    assert "no-store" in client.get(link).headers["cache-control"]


def test_nothing_tells_whether_the_account_exists(client, django_assert_num_queries):
    a_user(username="linda", email="linda@example.org")
    answers = []
    for wanted in ("linda", "nobody", "linda@example.org"):
        ask(client, "warm-up")
        with django_assert_num_queries(5):
            answers.append(ask(client, wanted).content.decode())
    assert len({re.sub(r'value="\w{64}"', "", a) for a in answers}) == 1
    assert OutboxMessage.objects.values("kind").distinct().count() == 1, "it is looked for later"


def test_no_link_lies_in_the_outbox(client):
    user = a_user(email="owner@example.org")
    ask(client, user.username)
    drain()
    link = link_in(mail.outbox[0])
    token = link.rstrip("/").split("/")[-1]
    assert not [m for m in OutboxMessage.objects.all() if token in str(m.payload)]


def test_an_account_gets_three_such_mails_an_hour_however_it_is_named(client):
    user = a_user(username="linda", email="linda@example.org")
    for n, wanted in enumerate(("linda", "LINDA", "linda@example.org", "Linda@example.org", "linda")):
        assert ask(client, wanted, REMOTE_ADDR=f"203.0.113.{n}").status_code == 200
    drain()
    assert len(mail.outbox) == throttle.RESET_MAILS.most
    assert user


def test_an_address_asks_ten_times_an_hour(client):
    for __ in range(throttle.RESETS.most):
        assert ask(client, "nobody").status_code == 200
    answer = ask(client, "nobody")
    assert answer.status_code == 429
    assert "60 分钟内申请重设密码已达 10 次，请 60 分钟后再试" in answer.content.decode()


def test_who_is_deactivated_or_has_no_password_yet_gets_no_mail(client):
    a_user(username="gone", email="gone@example.org", is_active=False)
    invited = a_user(username="invited", email="invited@example.org")
    invited.set_unusable_password()
    invited.save()
    for wanted in ("gone", "invited"):
        ask(client, wanted)
    drain()
    assert not mail.outbox


def test_the_site_s_address_in_the_mail_is_the_configured_one(client, settings):
    settings.SITE_URL = "https://grants.example.org"
    user = a_user(email="owner@example.org")
    ask(client, user.username)
    drain()
    assert "https://grants.example.org/password/reset/" in mail.outbox[0].body


@pytest.mark.parametrize("uid", ["MQ", "!!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "a" * 300])
def test_a_made_up_link_is_gone(client, uid):
    assert client.get(f"/password/reset/{uid}/abc-def/").status_code in {404, 410}


def test_a_new_password_by_mail_does_not_stand_for_the_second_factor(client, required):
    user = a_user("clerk", email="owner@example.org")
    with_phone(user)
    ask(client, user.username)
    drain()
    client.post(link_in(next(m for m in mail.outbox if "/password/reset/" in m.body)), {"new": NEW, "again": NEW})
    enter(client, user, NEW)
    assert client.get(reverse("desk_home")).headers["location"].startswith(reverse("factor_verify"))


def test_another_e_mail_asks_for_the_password_and_the_old_address_is_told(client):
    user = a_user(email="old@example.org")
    client.force_login(user)
    details = {"name": "新名字", "phone": "13800138000", "email": "new@example.org"}
    assert client.post(reverse("account"), {**details, "password": ""}).status_code == 422
    assert client.post(reverse("account"), {**details, "password": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email) == ("新名字", "new@example.org")
    drain()
    assert {m.to[0] for m in mail.outbox} == {"old@example.org", "new@example.org"}


def test_a_name_and_a_phone_are_changed_without_the_password(client):
    user = a_user()
    client.force_login(user)
    details = {"name": "新名字", "phone": "13800138000", "email": "", "password": ""}
    assert client.post(reverse("account"), details).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.phone) == ("新名字", "13800138000")


def test_logging_in_gives_the_session_a_new_key(client):
    client.get(reverse("login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    enter(client, a_user(), PASSWORD)
    assert client.session.session_key != planted
