"""The second person: roles of trust and reset second factors are asked for by one and confirmed by another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.actions import second_person
from accounts.models import (
    GUARDED_ROLES,
    MONEY_ROLES,
    REQUEST_DAYS,
    AccessEntry,
    AccountRequest,
    Kind,
    Notification,
    Role,
    User,
)
from accounts.tasks import expire_requests
from common import clock
from common.clock import now
from common.errors import Conflict, NotAllowed, Stale
from common.models import JournalEntry
from common.site.todo import todo
from common.work.outbox import drain
from tests.accounts.conftest import role_of, with_phone
from tests.factories import a_user
from tests.waiting import DEADLINE
from tests.web.desk_world import body, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
PAGE = "/desk/people/requests/"


@pytest.fixture
def second():
    return a_user(Role.ADMIN, name="管理员乙")


def asked(admin, person, role=Role.FINANCE):
    return actions.change_role(person, by=admin, role=role, reason="接替财务岗位")


def press(user, verb, request, **data):
    return signed_in(user).post(reverse(f"desk_account_request_{verb}", args=[request.pk]), data, follow=True)


# --- What is guarded --------------------------------------------------------------------------------------------------

MONEY = (
    "funding.pay", "funding.receive", "funding.claim", "ventures.award", "ventures.select", "ventures.terminate",
    "ventures.deliver", "ventures.settle", "reviews.select",
)  # fmt: skip


def test_who_decides_on_money_has_a_role_that_two_give():
    hold = {role for role in Role for perm in MONEY if a_user(role).has_perm(perm)}
    assert hold == MONEY_ROLES == GUARDED_ROLES - {Role.ADMIN}


@pytest.mark.parametrize("role", sorted(GUARDED_ROLES))
def test_a_role_of_trust_is_given_when_a_second_administrator_has_confirmed_it(admin, second, clerk, role):
    url = reverse("desk_person_role", args=[clerk.pk])
    refused = signed_in(admin).post(url, {"role": role, "reason": ""})
    assert refused.status_code == 422 and "须双人复核" in body(refused)
    page = signed_in(admin).post(url, {"role": role, "reason": "岗位调整"}, follow=True)
    assert "须在 7 天内经双人复核" in body(page) and role_of(clerk) == Role.CLERK
    request = AccountRequest.objects.get()
    assert "岗位调整" in body(signed_in(second).get(PAGE))
    assert press(second, "confirm", request).status_code == 200
    assert role_of(clerk) == role
    kinds = AccessEntry.objects.order_by("pk").values_list("kind", "by_id", flat=False)
    told = [(k, by) for k, by in kinds if k != Kind.REFUSED]
    assert told == [(Kind.ASKED, admin.pk), (Kind.CONFIRMED, second.pk), (Kind.ROLE_CHANGED, second.pk)]
    verbs = JournalEntry.objects.of(clerk).values_list("verb", flat=True)
    assert list(verbs) == ["ask_second_person", "confirm_request", "change_role"]


def test_other_roles_and_lowering_somebody_need_nobody_else(admin):
    person = a_user(Role.FINANCE)
    assert actions.change_role(person, by=admin, role=Role.CLERK) is None
    assert role_of(person) == Role.CLERK and not AccountRequest.objects.exists()


def test_somebody_invited_for_a_role_of_trust_can_not_come_in_before(admin, second):
    given = {"username": "caiwu", "name": "新财务", "role": "finance", "unit": "", "phone": "", "email": ""}
    page = signed_in(admin).post(reverse("desk_people_invite"), given, follow=True)
    person, request = User.objects.get(username="caiwu"), AccountRequest.objects.get()
    assert "/join/" not in body(page), "who asked does not get the link"
    assert (person.role, person.is_active, person.links.count()) == (Role.APPLICANT, False, 0)
    # Opened and with a password by the way: what is confirmed begins anew.
    assert actions.reactivate(person, by=admin) is None
    person.refresh_from_db()
    person.set_password("planted-by-who-asked-1")
    person.save()
    page = press(second, "confirm", request)
    person.refresh_from_db()
    assert (person.role, person.is_active, person.has_come) == (Role.FINANCE, True, False)
    assert person.links.open().get().code in body(page)
    assert person.links.open().get().code not in body(signed_in(second).get(PAGE)), "shown once"


def test_a_second_factor_is_reset_by_two(admin, second, clerk):
    with_phone(clerk)
    request = actions.reset_factor(clerk, by=admin, reason="手机遗失")
    clerk.refresh_from_db()
    assert clerk.second_factor_at
    second_person.confirm(request, by=second, site="")
    clerk.refresh_from_db()
    assert clerk.second_factor_at is None


def test_a_password_link_for_a_role_of_trust_without_a_second_factor_needs_two(admin, second, clerk):
    person = a_user(Role.FINANCE)
    assert actions.issue_link(clerk, by=admin, site="")
    page = signed_in(admin).post(reverse("desk_person_link", args=[person.pk]), follow=True)
    assert "/join/" not in body(page) and not person.links.exists()
    assert "/join/" in body(press(second, "confirm", person.requests.get()))
    with_phone(person)
    assert actions.issue_link(User.objects.get(pk=person.pk), by=admin, site=""), "the phone keeps others out"


def test_an_account_with_a_role_of_trust_comes_back_by_two(admin, second, clerk):
    for role in sorted(GUARDED_ROLES):
        person = a_user(role)
        actions.deactivate(person, by=admin, reason="离岗")
        page = signed_in(admin).post(reverse("desk_person_reactivate", args=[person.pk]), follow=True)
        assert "须在 7 天内经双人复核" in body(page) and not User.objects.get(pk=person.pk).is_active
        press(second, "confirm", person.requests.get())
        assert User.objects.get(pk=person.pk).is_active
    actions.deactivate(clerk, by=admin, reason="离岗")
    assert actions.reactivate(clerk, by=admin) is None, "who decides nothing about money comes back at once"


# --- Who is the second person -----------------------------------------------------------------------------------------


def test_neither_who_asked_nor_whose_account_it_is_confirms(admin, second):
    third = a_user(Role.ADMIN)
    request = asked(admin, second)
    for user in (admin, second):
        answer = press(user, "confirm", request)
        assert answer.status_code == 403 and "申请人和账户本人不得复核" in body(answer)
        assert "复核通过" not in body(signed_in(user).get(PAGE))
    assert role_of(second) == Role.ADMIN
    second_person.confirm(request, by=third, site="")
    assert role_of(second) == Role.FINANCE


@pytest.mark.parametrize("role", [Role.CLERK, Role.FINANCE, Role.SUPERVISOR, Role.APPLICANT])
def test_nobody_else_confirms(admin, second, clerk, role):
    request = asked(admin, clerk)
    assert press(a_user(role), "confirm", request).status_code == 403
    with pytest.raises(NotAllowed):
        second_person.confirm(request, by=a_user(role), site="")
    assert role_of(clerk) == Role.CLERK


def test_the_manager_is_the_second_person_where_there_is_no_other_administrator(admin, clerk):
    manager = a_user(Role.MANAGER)
    waiting = a_user(Role.ADMIN)  # was invited, has not come
    waiting.set_unusable_password()
    waiting.save()
    request = asked(admin, clerk)
    assert [str(i.thing) for i in todo(manager)] == [str(request)]
    second_person.confirm(request, by=manager, site="")
    assert role_of(clerk) == Role.FINANCE


def test_the_manager_is_not_asked_where_there_is_another_administrator(admin, second, clerk):
    manager = a_user(Role.MANAGER)
    request = asked(admin, clerk)
    assert not todo(manager) and [str(i.thing) for i in todo(second)] == [str(request)] and not todo(admin)
    with pytest.raises(NotAllowed):
        second_person.confirm(request, by=manager, site="")


def test_where_nobody_could_confirm_it_is_told_at_once(admin, clerk):
    with pytest.raises(Conflict, match="由服务器维护人员执行命令办理"):
        asked(admin, clerk)
    assert not AccountRequest.objects.exists()


def test_the_database_knows_that_two_are_two(admin, second, clerk):
    request = asked(admin, clerk)
    rows = AccountRequest.objects.filter(pk=request.pk)
    for by in (None, admin.pk, clerk.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(outcome="confirmed", decided_by_id=by)


# --- What becomes of a request ----------------------------------------------------------------------------------------


def test_a_request_is_refused_with_a_reason_that_who_asked_reads(admin, second, clerk):
    request = asked(admin, clerk)
    assert press(second, "deny", request).status_code == 422
    assert press(second, "deny", request, **{f"deny{request.pk}-reason": "岗位不符"}).status_code == 200
    drain()
    assert Notification.objects.filter(user=admin, text__contains="岗位不符").exists()
    assert Kind.DENIED in AccessEntry.objects.values_list("kind", flat=True) and role_of(clerk) == Role.CLERK
    with pytest.raises(Stale, match=second.name):
        second_person.confirm(request, by=second, site="")


def test_who_asked_takes_it_back_and_nobody_else(admin, second, clerk):
    request = asked(admin, clerk)
    with pytest.raises(NotAllowed):
        second_person.take_back(request, by=second)
    assert press(admin, "take_back", request).status_code == 200
    assert not todo(second)


def test_the_same_is_not_asked_twice(admin, second, clerk):
    asked(admin, clerk)
    with pytest.raises(Conflict, match="正待复核"):
        asked(second, clerk)


def test_a_request_ends_by_itself_and_may_be_made_again(admin, second, clerk):
    request = asked(admin, clerk)
    with clock.at(now() + timedelta(days=REQUEST_DAYS, minutes=1)):
        assert not todo(second)
        with pytest.raises(Conflict, match="逾期失效"):
            second_person.confirm(request, by=second, site="")
        assert asked(admin, clerk).is_open
    request.refresh_from_db()
    assert request.outcome == "expired"


def test_what_nobody_decides_is_closed_by_the_clock_and_told(admin, second, clerk):
    asked(admin, clerk)
    assert expire_requests() == 0
    with clock.at(now() + timedelta(days=REQUEST_DAYS, minutes=1)):
        assert (expire_requests(), expire_requests()) == (1, 0)
    drain()
    assert Notification.objects.filter(user=admin, text__contains="已逾期").exists()
    assert Kind.EXPIRED in AccessEntry.objects.values_list("kind", flat=True)


def test_who_administered_alone_is_not_lowered_by_two(admin):
    manager = a_user(Role.MANAGER)
    other = a_user(Role.ADMIN)
    request = asked(other, admin)
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(Conflict, match="最后一名"):
        second_person.confirm(request, by=manager, site="")
    assert role_of(admin) == Role.ADMIN


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does_and_the_other_is_told():
    admin, clerk = a_user(Role.ADMIN), a_user(Role.CLERK)
    others = [a_user(Role.ADMIN, name=f"管理员{n}") for n in range(6)]
    request = asked(admin, clerk)
    together = Barrier(len(others))

    def decide(n):
        client = Client()
        client.force_login(others[n])
        verb, data = [("confirm", {}), ("deny", {f"deny{request.pk}-reason": "岗位不符"})][n % 2]
        try:
            together.wait(timeout=DEADLINE)
            answer = client.post(reverse(f"desk_account_request_{verb}", args=[request.pk]), data)
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(others)) as pool:
        answers = list(pool.map(decide, range(len(others))))
    request.refresh_from_db()
    assert sorted(status for status, __ in answers) == [302] + [409] * 5
    assert all(request.decided_by_name in told for status, told in answers if status == 409)
    decided = [k for k in AccessEntry.objects.values_list("kind", flat=True) if k in {Kind.CONFIRMED, Kind.DENIED}]
    assert len(decided) == 1


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_for_one_and_for_three_requests(admin, second, django_assert_num_queries):
    reader = signed_in(second)
    reader.get(PAGE)
    for n in (1, 2):
        for __ in range(n):
            asked(admin, a_user(Role.CLERK))
        with django_assert_num_queries(QUERIES):
            reader.get(PAGE)


QUERIES = 7  # session, user; requests, who may confirm; one's own; twice Django's own permissions for the bar
