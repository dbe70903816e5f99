"""The second factor: who owes it gets no other page; a code works once; wrong ones are counted."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import throttle
from accounts.models import Notification, Role
from accounts.second_factor_middleware import OPEN
from common.models import JournalEntry
from common.site.checks import patterns
from common.work.outbox import drain
from tests.accounts.conftest import Phone, enter, with_phone
from tests.factories import PASSWORD, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

WORKS_HERE = [role for role in Role if role != Role.APPLICANT]


@pytest.mark.parametrize("role", WORKS_HERE)
def test_everybody_but_an_applicant_is_led_to_set_it_up_after_the_password(client, required, role):
    user = a_user(role)
    enter(client, user, PASSWORD)
    answer = client.get(reverse("desk_home"))
    assert answer.headers["location"] == f"{reverse('factor_set_up')}?next={reverse('desk_home')}"
    assert client.get(reverse("factor_set_up")).status_code == 200


def test_an_applicant_may_do_without(client, required):
    client.force_login(a_user())
    assert client.get(reverse("apply_home")).status_code == 200


def test_an_account_of_a_demonstration_may_do_without_and_says_what_it_is(client, required):
    client.force_login(a_user(Role.CLERK, is_demo=True))
    answer = client.get(reverse("desk_home"))
    assert answer.status_code == 200
    assert "演示账户" in answer.content.decode()
    assert "真实" in client.get(reverse("account")).content.decode()


@pytest.mark.parametrize("has_one", [False, True])
def test_who_owes_it_reaches_no_other_door_of_the_house(required, has_one):
    client = Client()
    user = a_user(Role.ADMIN)
    if has_one:
        with_phone(user)
    client.force_login(user)
    open_doors = []
    for route, pattern in patterns():
        if pattern.name in OPEN:
            continue
        url = re.sub(r"<\w+:\w+>", "1", re.sub(r"<uuid:\w+>", str(UUID(int=1)), route))
        for method in ("get", "post"):
            answer = getattr(client, method)(url)
            led = answer.status_code == 302 and answer.headers["location"].startswith("/me/factor/")
            if not led:
                open_doors.append(f"{method} {url} ({pattern.name}): {answer.status_code}")
    assert not open_doors


def test_the_doors_that_stay_open_before_it_are_four():
    assert {"factor_verify", "factor_set_up", "logout", "set_language"} == OPEN


def secret_of(answer: Any) -> str:
    """As one types it: out of the page."""
    from base64 import b32decode

    letters = re.search(r"factor-secret[^>]*>([A-Z2-7 ]+)<", answer.content.decode()).group(1)
    return b32decode(letters.replace(" ", "")).hex()


def test_it_is_set_up_with_the_app_and_the_recovery_codes_are_shown_once(client, required):
    user = a_user(Role.CLERK)
    enter(client, user, PASSWORD)
    page = client.get(reverse("factor_set_up"), {"next": reverse("desk_ventures")})
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert 'autocomplete="one-time-code"' in page.content.decode()
    phone = Phone(secret_of(page))
    before = client.session.session_key
    answer = client.post(reverse("factor_set_up"), {"code": phone.code(), "next": reverse("desk_ventures")})
    codes = re.findall(r"<li>([2-9A-Z]{5}-[2-9A-Z]{5})</li>", answer.content.decode())
    assert len(codes) == len(set(codes)) == 10
    assert f'href="{reverse("desk_ventures")}"' in answer.content.decode()
    assert "no-store" in answer.headers["cache-control"]
    assert client.session.session_key != before
    assert client.get(reverse("desk_ventures")).status_code == 200
    assert client.get(reverse("factor_set_up")).status_code == 302
    kept = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]
    assert JournalEntry.objects.of(user).filter(verb="set_up_factor").exists()


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(client, required):
    enter(client, a_user(Role.CLERK), PASSWORD)
    secret = secret_of(client.get(reverse("factor_set_up")))
    answer = client.post(reverse("factor_set_up"), {"code": "000000"})
    assert answer.status_code == 422 and "验证码不正确" in answer.content.decode()
    assert secret_of(answer) == secret
    assert not TOTPDevice.objects.exists()


def test_the_code_of_the_app_opens_the_page_that_was_wanted_with_a_new_session(client, required):
    user = a_user(Role.MANAGER)
    phone, __ = with_phone(user)
    enter(client, user, PASSWORD)
    before = client.session.session_key
    wanted = reverse("desk_journal")
    assert client.get(wanted).headers["location"].startswith(reverse("factor_verify"))
    answer = client.post(reverse("factor_verify"), {"code": phone.code(), "next": wanted})
    assert answer.headers["location"] == wanted
    assert client.session.session_key != before
    assert client.get(wanted).status_code == 200


def test_the_factor_never_leads_to_another_site(client, required):
    user = a_user(Role.MANAGER)
    phone, __ = with_phone(user)
    enter(client, user, PASSWORD)
    answer = client.post(reverse("factor_verify"), {"code": phone.code(), "next": "//example.org/x"})
    assert answer.headers["location"] == reverse("me")


def test_a_code_that_was_used_is_refused(required):
    user = a_user(Role.MANAGER)
    phone, __ = with_phone(user)
    code = phone.code()
    first, second = Client(), Client()
    for c in (first, second):
        enter(c, user, PASSWORD)
    assert first.post(reverse("factor_verify"), {"code": code}).status_code == 302
    answer = second.post(reverse("factor_verify"), {"code": code})
    assert answer.status_code == 422 and "已使用" in answer.content.decode()
    assert second.post(reverse("factor_verify"), {"code": phone.wait()}).status_code == 302


def test_a_recovery_code_opens_once_however_it_is_typed(required):
    user = a_user(Role.MANAGER)
    __, codes = with_phone(user)
    for status, typed in ((302, codes[0].lower().replace("-", " ")), (422, codes[0])):
        client = Client()
        enter(client, user, PASSWORD)
        assert client.post(reverse("factor_verify"), {"code": typed}).status_code == status
    assert StaticToken.objects.count() == 9
    drain()
    assert Notification.objects.filter(user=user, text__contains="备用码").filter(text__contains="9").exists()


def test_after_five_wrong_codes_the_right_one_must_wait_and_the_owner_is_warned(client, required):
    user = a_user(Role.MANAGER)
    phone, __ = with_phone(user)
    enter(client, user, PASSWORD)
    for __ in range(throttle.FACTOR.most):
        assert client.post(reverse("factor_verify"), {"code": "000000"}).status_code == 422
    answer = client.post(reverse("factor_verify"), {"code": phone.code()})
    assert answer.status_code == 429
    assert "请 15 分钟后再试" in answer.content.decode()
    drain()
    assert Notification.objects.filter(user=user, text__contains="密码正确").exists()


def test_another_login_does_not_stand_for_the_factor_of_this_one(required):
    user = a_user(Role.CLERK)
    phone, __ = with_phone(user)
    here, there = Client(), Client()
    for c in (here, there):
        enter(c, user, PASSWORD)
    here.post(reverse("factor_verify"), {"code": phone.code()})
    assert here.get(reverse("desk_home")).status_code == 200
    assert there.get(reverse("desk_home")).status_code == 302


def test_an_applicant_who_has_one_is_asked_for_it(client, required):
    user = a_user()
    phone, __ = with_phone(user)
    enter(client, user, PASSWORD)
    assert client.get(reverse("apply_home")).headers["location"].startswith(reverse("factor_verify"))
    client.post(reverse("factor_verify"), {"code": phone.code()})
    assert client.get(reverse("apply_home")).status_code == 200


def verified(user: Any) -> tuple[Client, Phone]:
    phone, __ = with_phone(user)
    client = Client()
    enter(client, user, PASSWORD)
    client.post(reverse("factor_verify"), {"code": phone.code()})
    return client, phone


def test_removing_it_asks_for_a_code_and_who_must_have_one_sets_up_the_next_at_once(required):
    client, phone = verified(a_user(Role.CLERK))
    assert client.post(reverse("factor_remove"), {"code": "000000"}).status_code == 422
    assert client.get(reverse("desk_home")).status_code == 200
    client.post(reverse("factor_remove"), {"code": phone.wait()})
    assert client.get(reverse("desk_home")).headers["location"].startswith(reverse("factor_set_up"))


def test_new_recovery_codes_kill_the_old_ones(required):
    user = a_user(Role.CLERK)
    client, phone = verified(user)
    old = set(StaticToken.objects.values_list("token", flat=True))
    answer = client.post(reverse("factor_codes"), {"code": phone.wait()})
    assert len(re.findall(r"<li>[2-9A-Z]{5}-[2-9A-Z]{5}</li>", answer.content.decode())) == 10
    assert not old & set(StaticToken.objects.values_list("token", flat=True))


def test_asking_costs_who_is_verified_one_query_and_others_none(required, django_assert_num_queries):
    client, __ = verified(a_user(Role.CLERK))
    with django_assert_num_queries(6):
        client.get(reverse("my_notifications"))
    client.force_login(a_user(Role.CLERK, is_demo=True))
    with django_assert_num_queries(5):
        client.get(reverse("my_notifications"))
