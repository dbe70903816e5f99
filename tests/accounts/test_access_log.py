"""The access log: who came in, what was refused, changed and exported; read by supervisor and administrator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.access_log import coming_from, log
from accounts.models import AccessEntry, Kind, Role, User
from common import clock
from common.clock import now
from reports import actions as reports
from tests.accounts.conftest import enter, with_phone
from tests.factories import PASSWORD, a_round, a_user
from tests.house.code import ROOT
from tests.web.desk_world import body, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
HERE = "127.0.0.1"


def kinds():
    return list(AccessEntry.objects.order_by("pk").values_list("kind", flat=True))


def lines(kind):
    return [(e.by_name, e.what, e.address, e.times) for e in AccessEntry.objects.filter(kind=kind).order_by("pk")]


# --- In and out -------------------------------------------------------------------------------------------------------


def test_logging_in_and_out_is_logged_with_role_and_address(client):
    person = a_user(Role.CLERK)
    enter(client, person, PASSWORD)
    client.post(reverse("logout"))
    assert kinds() == [Kind.LOG_IN, Kind.LOG_OUT]
    entry = AccessEntry.objects.first()
    assert entry is not None
    assert (entry.by_id, entry.role, entry.address, entry.times) == (person.pk, Role.CLERK, HERE, 1)


def test_wrong_passwords_are_one_line_with_a_count_and_hold_no_password(client):
    person = a_user(Role.CLERK)
    for __ in range(3):
        enter(client, person, "wrong-secret-77")
    assert lines(Kind.LOG_IN_FAILED) == [(person.name, "", HERE, 3)]
    assert "wrong-secret" not in str(list(AccessEntry.objects.values()))


@pytest.mark.parametrize(("typed", "kept"), [("Tr0ub4dor-and-3", "tr…"), ("张三丰", "张…"), ("ab", "…")])
def test_of_a_name_that_nobody_has_the_beginning_is_kept_as_it_may_be_a_password(client, typed, kept):
    client.post(reverse("login"), {"username": typed, "password": "x"})
    client.post(reverse("login"), {"username": "another-unknown-name", "password": "x"})
    assert lines(Kind.LOG_IN_FAILED) == [(kept, "", HERE, 2)]


def test_a_lock_out_is_logged(client):
    person = a_user(Role.CLERK)
    for __ in range(11):
        enter(client, person, "wrong")
    assert lines(Kind.LOCKED_OUT) == [(person.name, "", HERE, 1)]


def test_the_second_step_is_logged_whether_it_is_passed_or_failed(client):
    person = a_user(Role.CLERK)
    phone, __ = with_phone(person)
    enter(client, person, PASSWORD)
    client.post(reverse("factor_verify"), {"code": "000000"})
    client.post(reverse("factor_verify"), {"code": phone.code()})
    assert kinds() == [Kind.FACTOR_SET_UP, Kind.LOG_IN, Kind.FACTOR_FAILED, Kind.FACTOR_PASSED]


def test_a_login_that_ran_out_is_logged(client):
    person = a_user(Role.CLERK)
    enter(client, person, PASSWORD)
    session = client.session
    session["login.seen"] = session["login.began"] = 0
    session.save()
    client.get(reverse("desk_home"))
    assert lines(Kind.LOG_OUT) == [(person.name, "长时间未操作或超过时限", HERE, 1)]


# --- Refusals ---------------------------------------------------------------------------------------------------------


def test_what_somebody_is_refused_is_one_line_for_a_route_and_an_hour(client):
    person = a_user(Role.CLERK)
    client.force_login(person)
    for pk in (1, 2, 3):
        assert client.get(reverse("desk_person", args=[pk])).status_code == 403
    assert client.get(reverse("desk_venture", args=[999_999])).status_code == 404
    with clock.at(now() + timedelta(hours=1)):
        client.get(reverse("desk_person", args=[4]))
    assert [(what, times) for __, what, __, times in lines(Kind.REFUSED)] == [
        ("403 GET /desk/people/1/", 3),
        ("404 GET /desk/ventures/999999/", 1),
        ("403 GET /desk/people/4/", 1),
    ]


def test_addresses_that_nobody_knows_and_visitors_leave_no_line(client):
    client.get(reverse("desk_person", args=[1]))
    client.force_login(a_user(Role.CLERK))
    assert client.get("/no/such/page/").status_code == 404
    assert client.get(reverse("desk_home")).status_code == 200
    assert not kinds()


def test_a_log_that_can_not_be_written_does_not_change_the_answer(client, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("disk full")

    client.force_login(a_user(Role.CLERK))
    monkeypatch.setattr("accounts.access_log_middleware.log", broken)
    assert client.get(reverse("desk_person", args=[1])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_twenty_who_are_refused_at_once_are_counted_as_twenty():
    person = a_user(Role.CLERK)

    def refused(n):
        try:
            with coming_from(HERE):
                log(Kind.REFUSED, by=person, what="403 GET /desk/people/1/")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(refused, range(20)))
    assert [times for *__, times in lines(Kind.REFUSED)] == [20]


# --- Changes of accounts, exports -------------------------------------------------------------------------------------


def test_what_the_administrator_does_to_an_account_is_logged_with_the_person(client):
    admin, person = a_user(Role.ADMIN), a_user(Role.CLERK)
    client.force_login(admin)
    client.post(reverse("desk_person_role", args=[person.pk]), {"role": "expert"})
    client.post(reverse("desk_person_deactivate", args=[person.pk]), {"deactivate-reason": "已调离"})
    client.post(reverse("desk_person_reactivate", args=[person.pk]))
    client.post(reverse("desk_person_link", args=[person.pk]))
    told = AccessEntry.objects.order_by("pk").values_list("kind", "by_id", "what")
    assert list(told) == [
        (Kind.ROLE_CHANGED, admin.pk, f"{person} · 工作人员 → 评审专家"),
        (Kind.DEACTIVATED, admin.pk, f"{person} · 已调离"),
        (Kind.REACTIVATED, admin.pk, str(person)),
        (Kind.LINK_ISSUED, admin.pk, str(person)),
    ]


def test_a_command_on_the_server_is_logged_under_its_own_name():
    call_command("create_admin", "root", "--name", "管理员甲")
    assert lines(Kind.INVITED) == [("服务器命令", "管理员甲 · 管理员", "", 1)]


def test_an_export_is_logged_when_it_is_ordered_and_each_time_it_is_fetched(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    manager, round_ = a_user(Role.MANAGER), a_round()
    job = reports.request_workbook(round_, by=manager, sheets=["projects"])
    assert kinds() == [Kind.EXPORT_ORDERED]
    assert round_.name in AccessEntry.objects.get().what
    from common.work import jobs

    jobs.run_pending()
    workbook = job.workbook
    for __ in range(2):
        assert signed_in(manager).get(reverse("desk_report_download", args=[workbook.pk])).status_code == 200
    assert [what for __, what, *__ in lines(Kind.EXPORT_FETCHED)] == [workbook.name] * 2


# --- Kept -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"what": "x"}, {"by_name": "x"}, {"by_id": None}, {"address": ""}, {"times": 0}, {"last_at": now() - timedelta(days=9)}],
)  # fmt: skip
def test_a_line_is_never_changed(change):
    with coming_from(HERE):
        log(Kind.LOG_IN, by=a_user())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessEntry.objects.update(**change)
    assert AccessEntry.objects.update(times=2) == 1


def test_a_line_is_never_deleted():
    log(Kind.LOG_IN, by=a_user())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessEntry.objects.all().delete()


# --- Read -------------------------------------------------------------------------------------------------------------

READERS = {Role.SUPERVISOR, Role.ADMIN}
QUERIES = 5  # session, user, lines, twice Django's own permissions for the bar


@pytest.mark.parametrize("role", list(Role))
def test_supervisor_and_administrator_read_it_and_nobody_else(role):
    page = signed_in(a_user(role)).get(reverse("desk_access_log"))
    assert page.status_code == (200 if role in READERS else 403)
    if role in READERS:
        assert f'href="{reverse("desk_access_log")}"' in body(signed_in(a_user(role)).get(reverse("desk_home")))


def test_it_is_filtered_by_person_kind_address_and_day():
    anna, ben = a_user(name="安娜"), a_user(name="本恩")
    with clock.at(now() - timedelta(days=5)), coming_from("10.0.0.1"):
        log(Kind.LOG_IN, by=anna)
    with coming_from("10.0.0.2"):
        log(Kind.EXPORT_FETCHED, by=ben, what="汇总表.xlsx")
    reader = signed_in(a_user(Role.SUPERVISOR))

    def shown(**wanted):
        page = body(reader.get(reverse("desk_access_log"), wanted))
        return [name for name in ("安娜", "本恩") if name in page]

    day = str(clock.today() - timedelta(days=2))
    assert shown() == ["安娜", "本恩"]
    assert shown(by="安娜") == shown(kind="log_in") == shown(address="10.0.0.1") == shown(until=day) == ["安娜"]
    assert shown(since=day) == ["本恩"]


def test_a_page_of_it_costs_the_same_however_long_it_is(django_assert_num_queries):
    reader, people = signed_in(a_user(Role.ADMIN)), [a_user() for __ in range(3)]
    reader.get(reverse("desk_access_log"))
    for n in (1, 40):
        for __ in range(n):
            for person in people:
                log(Kind.LOG_IN, by=person)
        with django_assert_num_queries(QUERIES):
            page = body(reader.get(reverse("desk_access_log")))
    assert "before=" in page
    assert User.objects.count() == 4


def test_the_page_escapes_what_was_typed():
    log(Kind.LOG_IN_FAILED, by=a_user(name="<b>x</b>"))
    assert "<b>x</b>" not in body(Client().get("/")) + body(
        signed_in(a_user(Role.ADMIN)).get(reverse("desk_access_log"))
    )


def test_what_is_journalled_of_an_account_is_in_the_access_log_too():
    """Both are written by one function; nothing else in the room writes into the journal."""
    names = {
        str(path.relative_to(ROOT)) for path in (ROOT / "accounts").rglob("*.py") if " record(" in path.read_text()
    }
    assert names == {"accounts/access_log.py"}
