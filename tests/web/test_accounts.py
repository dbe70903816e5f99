"""Logging in and out, registering, messages, and the way to one's desk."""

import pytest
from django.urls import reverse

from accounts.models import Notification, Role, User
from common.models import JournalEntry
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db


def given(**changes):
    return {
        "username": "社工小林",
        "name": "经办人",
        "phone": "13800138000",
        "email": "",
        "password": "chuangtou-2020-ok",
        "again": "chuangtou-2020-ok",
        "consent": "on",
        **changes,
    }


def test_logging_in_leads_to_the_page_that_was_wanted(client):
    user = a_user()
    wanted = reverse("my_notifications")
    assert client.get(wanted).headers["location"] == f"{reverse('login')}?next={wanted}"
    answer = client.post(reverse("login"), {"username": user.username, "password": PASSWORD, "next": wanted})
    assert answer.headers["location"] == wanted


def test_logging_in_never_leads_to_another_site(client):
    user = a_user()
    answer = client.post(
        reverse("login"), {"username": user.username, "password": PASSWORD, "next": "https://example.org/x"}
    )
    assert answer.headers["location"] == reverse("me")


def test_a_wrong_password_is_told_and_the_username_stays(client):
    user = a_user()
    answer = client.post(reverse("login"), {"username": user.username, "password": "wrong"})
    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.content.decode()
    assert f'value="{user.username}"' in answer.content.decode()


def test_logging_out_is_a_verb(client):
    client.force_login(a_user())
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).headers["location"] == reverse("home")
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.APPLICANT, "apply_home"),
        (Role.EXPERT, "review_home"),
        (Role.CLERK, "desk_home"),
        (Role.FINANCE, "desk_home"),
        (Role.MANAGER, "desk_home"),
        (Role.OPERATOR, "desk_home"),
        (Role.SUPERVISOR, "desk_home"),
        (Role.ADMIN, "desk_home"),
    ],
)
def test_everybody_is_led_to_the_desk_of_the_role(client, role, desk):
    client.force_login(a_user(role))
    assert client.get(reverse("me")).headers["location"] == reverse(desk)


def test_registering_makes_an_applicant_and_keeps_what_was_agreed_to(client):
    answer = client.post(reverse("register"), given())
    assert answer.status_code == 302
    user = User.objects.get(username="社工小林")
    assert (user.role, user.phone) == (Role.APPLICANT, "13800138000")
    assert user.check_password("chuangtou-2020-ok")
    assert "不收集身份证号码" in JournalEntry.objects.of(user).get(verb="register").note
    assert client.get(reverse("me")).headers["location"] == reverse("apply_home")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"again": "something-else-9"}, "两次输入的密码不一致"),
        ({"password": "short", "again": "short"}, "10"),
        ({"phone": "12345"}, "0573-85013072"),
        ({"consent": ""}, "我同意"),
    ],
)
def test_a_bad_registration_is_told_at_the_field_and_keeps_what_was_typed(client, changes, sentence):
    answer = client.post(reverse("register"), given(**changes))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert sentence in body and 'value="社工小林"' in body and "field-error" in body
    assert not User.objects.filter(username="社工小林").exists()


def test_a_taken_username_is_refused_whatever_its_capitals(client):
    a_user(username="Linda")
    answer = client.post(reverse("register"), given(username="linda"))
    assert answer.status_code == 422
    assert "用户名 linda 已被使用" in answer.content.decode()


def test_messages_are_ones_own_and_can_be_marked_as_read(client):
    me, other = a_user(), a_user()
    Notification.objects.create(user=me, key="1", text="《甲》：退回补正")
    Notification.objects.create(user=other, key="1", text="别人的消息")
    client.force_login(me)
    body = client.get(reverse("my_notifications")).content.decode()
    assert "《甲》：退回补正" in body and "别人的消息" not in body and "未读" in body
    client.post(reverse("my_notifications_read"))
    assert "未读" not in client.get(reverse("my_notifications")).content.decode()
    assert Notification.objects.get(user=other).read_at is None


def test_messages_page_by_key(client):
    me = a_user()
    Notification.objects.bulk_create(Notification(user=me, key=str(n), text=f"消息 {n:02d}") for n in range(35))
    client.force_login(me)
    first = client.get(reverse("my_notifications"))
    assert "消息 34" in first.content.decode() and "消息 04" not in first.content.decode()
    second = client.get(reverse("my_notifications"), {"before": first.context["more"]})
    assert "消息 04" in second.content.decode() and second.context["more"] is None
