"""People on the desk: made by invitation, given roles, shut out and let in again, by the administrator and nobody else."""

import re
from datetime import timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import AccountLink, Notification, Role, User
from common import clock
from common.clock import now
from common.errors import Conflict, DomainError, NotAllowed
from common.models import JournalEntry, OutboxMessage
from common.work.outbox import drain
from tests.accounts.conftest import enter, with_phone
from tests.factories import PASSWORD, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

NEW = "another-long-one-7"


@pytest.fixture
def admin():
    return a_user(Role.ADMIN)


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def post(client, name, person, **data):
    return client.post(reverse(name, args=[person.pk]), data)


def invited(desk, **changes):
    given = {"username": "评审专家甲", "name": "评审专家甲", "role": "expert", "unit": "", "phone": "", "email": ""}
    return desk.post(reverse("desk_people_invite"), {**given, **changes}, follow=True)


def link_on(page):
    return re.search(r"http://testserver(/join/[A-Z2-7-]{19}/)", page.content.decode()).group(1)


def test_somebody_is_invited_by_a_link_that_is_shown_once_and_sets_the_own_password(desk, required):
    desk.get("/")
    with pytest.MonkeyPatch.context() as m:
        m.setattr("django.conf.settings.REQUIRE_SECOND_FACTOR", False)
        page = invited(desk)
        link = link_on(page)
        person = User.objects.get(username="评审专家甲")
        assert "/join/" not in desk.get(reverse("desk_person", args=[person.pk])).content.decode()
    visitor = Client()
    for __ in range(3):  # a chat program looks at it
        assert visitor.get(link).status_code == 200
    refused = visitor.post(link, {"new": NEW, "again": NEW})
    assert refused.status_code == 422, "whoever made the account did not agree for its owner"
    answer = visitor.post(link, {"new": NEW, "again": NEW, "consent": "on"})
    assert answer.headers["location"] == reverse("me")
    assert visitor.get(reverse("me")).headers["location"].startswith(reverse("factor_set_up"))
    person.refresh_from_db()
    assert person.role == Role.EXPERT and person.check_password(NEW)
    again = Client().post(link, {"new": PASSWORD, "again": PASSWORD, "consent": "on"})
    assert again.status_code == 410 and "密码已设置" in again.content.decode()
    assert "不收集身份证号码" in JournalEntry.objects.of(person).get(verb="use_link").note


def test_the_database_does_not_hold_what_opens_the_account(desk):
    link = link_on(invited(desk, email="expert@example.org"))
    code = link.split("/")[2]
    row = AccountLink.objects.get()
    assert code not in str(row.__dict__) and code.replace("-", "") not in str(row.__dict__)
    drain()
    assert code in mail.outbox[0].body
    assert not [m for m in OutboxMessage.objects.all() if code in str(m.payload)]
    assert not [s for s in desk.session.items() if code in str(s)]


def test_a_link_is_too_old_after_a_week_and_dies_when_a_newer_one_is_made(desk, admin):
    first = link_on(invited(desk))
    person = User.objects.get(username="评审专家甲")
    second = link_on(desk.post(reverse("desk_person_link", args=[person.pk]), follow=True))
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    with clock.at(now() + timedelta(days=7, minutes=1)):
        gone = Client().get(second)
    assert gone.status_code == 410 and "7 天" in gone.content.decode()


def test_unknown_links_are_limited_per_address(client):
    for __ in range(30):
        client.get(reverse("use_link", args=["AAAA-AAAA-AAAA-AAAA"]))
    assert client.get(reverse("use_link", args=["AAAA-AAAA-AAAA-AAAB"])).status_code == 429


def test_an_applicant_is_not_invited_and_a_taken_name_is_told(desk):
    assert invited(desk, role="applicant").status_code == 422
    a_user(username="Linda")
    answer = invited(desk, username="linda")
    assert answer.status_code == 422 and "用户名 linda 已被使用" in answer.content.decode()
    assert 'value="linda"' in answer.content.decode()


def test_a_role_is_changed_the_person_logs_in_again_and_is_told(desk):
    person, other = a_user(Role.CLERK), Client()
    enter(other, person, PASSWORD)
    post(desk, "desk_person_role", person, role="operator")
    person.refresh_from_db()
    assert person.role == Role.OPERATOR
    assert other.get(reverse("account")).status_code == 302
    assert JournalEntry.objects.of(person).get(verb="change_role").note == f"工作人员 → {Role.OPERATOR.label}"
    drain()
    assert Notification.objects.filter(user=person, text__contains=str(Role.OPERATOR.label)).exists()


def test_who_is_deactivated_is_out_at_once_and_old_sessions_stay_dead_after_coming_back(desk):
    person, other = a_user(Role.CLERK), Client()
    enter(other, person, PASSWORD)
    assert post(desk, "desk_person_deactivate", person).status_code == 422, "a reason is given"
    post(desk, "desk_person_deactivate", person, **{"deactivate-reason": "已调离"})
    assert other.get(reverse("desk_home")).status_code == 302
    assert enter(Client(), person, PASSWORD).status_code == 422
    post(desk, "desk_person_reactivate", person)
    assert other.get(reverse("desk_home")).status_code == 302
    assert enter(other, person, PASSWORD).status_code == 302
    assert JournalEntry.objects.of(person).get(verb="deactivate").note == "已调离"


def test_the_second_factor_is_reset_with_a_reason_and_sessions_end(desk):
    person, other = a_user(Role.CLERK), Client()
    phone, __ = with_phone(person)
    enter(other, person, PASSWORD)
    other.post(reverse("factor_verify"), {"code": phone.code()})
    assert other.get(reverse("desk_home")).status_code == 200
    assert post(desk, "desk_person_factor", person).status_code == 422
    second = a_user(Role.ADMIN)
    post(desk, "desk_person_factor", person, **{"reset-reason": "手机遗失"})
    assert other.get(reverse("desk_home")).status_code == 200, "nothing has happened yet"
    desk.force_login(second)
    desk.post(reverse("desk_account_request_confirm", args=[person.requests.get().pk]))
    person.refresh_from_db()
    assert person.second_factor_at is None
    assert other.get(reverse("desk_home")).status_code == 302
    assert JournalEntry.objects.of(person).get(verb="reset_factor").note == "手机遗失"


def test_nobody_changes_the_own_role_or_deactivates_herself(desk, admin):
    a_user(Role.ADMIN)
    for name, data in (("role", {"role": "clerk"}), ("deactivate", {"deactivate-reason": "x"})):
        answer = post(desk, f"desk_person_{name}", admin, **data)
        assert answer.status_code == 409 and "不能修改本人的角色" in answer.content.decode()


def test_who_was_invited_but_has_not_come_does_not_count_as_an_administrator(admin):
    waiting = a_user(Role.ADMIN)
    waiting.set_unusable_password()
    waiting.save()
    from common.machine.actors import SYSTEM

    with pytest.raises(Conflict, match="最后一名"):
        actions.deactivate(admin, by=SYSTEM, reason="x")


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMIN])
def test_only_an_administrator_manages_people(role):
    person = a_user(Role.CLERK)
    with pytest.raises(NotAllowed):
        actions.change_role(person, by=a_user(role), role=Role.ADMIN)
    with pytest.raises(NotAllowed):
        actions.issue_link(person, by=a_user(role), site="")


def test_the_supervisor_reads_people_and_has_no_button(client):
    client.force_login(a_user(Role.SUPERVISOR))
    person = a_user(Role.CLERK, name="初审员")
    assert "初审员" in client.get(reverse("desk_people")).content.decode()
    page = client.get(reverse("desk_person", args=[person.pk])).content.decode()
    assert not re.findall(rf'action="/desk/people/{person.pk}/', page)
    assert client.get(reverse("desk_people_invite")).status_code == 403


def test_the_list_is_searched_and_filtered(desk):
    a_user(Role.CLERK, name="初审员甲", username="jia")
    a_user(Role.FINANCE, name="财务乙", username="yi", is_active=False)
    for query, seen in (
        ({"q": "初审"}, {"初审员甲"}), ({"q": "YI"}, {"财务乙"}), ({"role": "finance"}, {"财务乙"}),
        ({"state": "inactive"}, {"财务乙"}), ({"q": "查无此人"}, set()),
    ):  # fmt: skip
        body = desk.get(reverse("desk_people"), query).content.decode()
        assert {name for name in ("初审员甲", "财务乙") if name in body} == seen, query


def test_the_list_takes_as_many_queries_for_three_as_for_one(desk, django_assert_num_queries):
    for __ in range(2):
        with django_assert_num_queries(6):
            desk.get(reverse("desk_people"))
        a_user(Role.CLERK)
        a_user(Role.CLERK)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_shut_each_other_out_at_once_leave_one():
    pair = [a_user(Role.ADMIN), a_user(Role.ADMIN)]
    start, said = Barrier(2), []

    def shut(by, person):
        start.wait()
        try:
            actions.deactivate(person, by=by, reason="x")
            said.append("")
        except DomainError as e:
            said.append(str(e))
        finally:
            connection.close()

    threads = [Thread(target=shut, args=two) for two in (pair, pair[::-1])]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert said.count("") == 1
    assert User.objects.filter(role=Role.ADMIN, is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_link_at_once_one_sets_the_password():
    person = a_user(Role.CLERK)
    link = AccountLink.objects.create(user=person, reason="new_password")
    start, said = Barrier(2), []

    def use(password):
        start.wait()
        try:
            actions.use_link(link, new=password)
            said.append("")
        except DomainError as e:
            said.append(str(e))
        finally:
            connection.close()

    threads = [Thread(target=use, args=[f"{NEW}{n}"]) for n in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(said) == ["", "该链接已使用或已过期。"]


def test_the_first_administrator_is_made_by_a_command_with_a_link():
    out = StringIO()
    call_command("create_admin", "first", "--name", "管理员", stdout=out)
    link = re.search(r"http://127.0.0.1:8000(/join/\S+)", out.getvalue()).group(1)
    client = Client()
    client.post(link, {"new": NEW, "again": NEW, "consent": "on"})
    assert client.get(reverse("desk_people")).status_code == 200
    assert User.objects.get(username="first").role == Role.ADMIN
    with pytest.raises(CommandError):
        call_command("create_admin", "FIRST", "--name", "管理员")


def test_at_a_terminal_the_command_asks_for_the_password_until_it_keeps_the_rules(monkeypatch):
    asked = iter(["short", NEW, "different-one-9", NEW, NEW])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("accounts.management.commands.create_admin.getpass", lambda prompt: next(asked))
    call_command("create_admin", "first", "--name", "管理员", stdout=StringIO(), stderr=StringIO())
    assert User.objects.get(username="first").check_password(NEW)
