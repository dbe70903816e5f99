"""What somebody finds who starts the demonstration: something in every room, with texts and files as they are written."""

import re
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from common.clock import today
from common.files import path_of
from common.models import CalendarDay, StoredFile
from common.site.todo import todo
from delivery.models import Activity, Report
from funding.models import Award, Expense
from funding.queries import awaiting_agreement, tranches_due
from rounds.models import Round
from rounds.states import RoundState
from showcases.queries import next_event
from simulation.guests import guests, password
from simulation.today import enter_calendar
from tests import factories
from ventures.application.content import ApplicationContent, form_of
from ventures.application.content.fields import Kind
from ventures.models import Application, Notice, Venture
from ventures.states import State

NARRATIVE = ("summary", "needs", "goals", "plan", "sustainability", "outcomes")


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Namespace]:
    """The demonstration, made once for the tests of the module and rolled back after them."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(BASE_DIR=folder, MEDIA_ROOT=folder / "files"),
        transaction.atomic(),
    ):
        yield Namespace(folder=folder, printed=demo())
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def in_the_world(world: Namespace, _own_folders: None, settings: Any) -> None:
    """Every test has folders of its own otherwise."""
    settings.BASE_DIR, settings.MEDIA_ROOT = world.folder, world.folder / "files"


# What a test changes in the world is taken back after it.
pytestmark = pytest.mark.django_db


def in_delivery() -> Round:
    return Round.objects.get(state=RoundState.IN_DELIVERY)


def user(username: str) -> User:
    return User.objects.get(username=username)


def page(username: str, name: str) -> str:
    client = Client()
    if username:
        client.force_login(user(username))
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    return response.content.decode()


# --- What is there ----------------------------------------------------------------------------------------------------


def test_it_prints_the_round_of_2020_where_to_sign_in_and_writes_the_workbooks(world: Namespace) -> None:
    assert "HC2020-010" in world.printed
    assert "http://127.0.0.1:8000" in world.printed
    assert "hongchuang-demo-2020" in world.printed
    assert (world.folder / "out" / "平湖市首届红色创投_汇总表_20201231.xlsx").is_file()


def test_a_call_a_review_a_notice_and_a_delivery_run_today_and_one_round_is_prepared() -> None:
    assert [r.name for r in Round.objects.public() if r.is_call_open] == ["第六届公益创投"]
    assert [n.round.name for n in Notice.objects.all() if n.is_running] == ["第五届公益创投"]
    assert Round.objects.get(state=RoundState.IN_REVIEW).name == "第三届红色创投"
    assert in_delivery().name == "第二届红色创投"
    assert Round.objects.get(state=RoundState.PREPARING).name == "第四届红色创投"
    assert Round.objects.get(series__code="GY", edition=4).state == RoundState.CALL_CLOSED
    assert called() == {State.DRAFT: 2, State.RETURNED: 1, State.SUBMITTED: 3, State.ELIGIBLE: 1}


def called() -> Counter[str]:
    return Counter(Venture.objects.filter(round__closes_at__date__gt=today()).values_list("state", flat=True))


def test_the_ventures_in_delivery_stand_at_every_step_of_it() -> None:
    assert Counter(in_delivery().ventures.values_list("state", flat=True)) == {
        State.AWARDED: 2, State.IN_DELIVERY: 3, State.MID_TERM: 1, State.RECTIFYING: 1, State.IN_EVALUATION: 1,
        State.EVALUATED: 1, State.SHOWN: 1, State.TERMINATING: 1,
    }  # fmt: skip


def test_an_agreement_is_to_be_registered_and_a_tranche_of_each_kind_is_due() -> None:
    finance = user("finance")
    assert awaiting_agreement(finance).count() == 1
    payable = [due for due in tranches_due(finance) if due.blocked is None]
    assert {due.tranche.trigger for due in payable} == {"agreement", "mid_term", "final"}
    assert any(due.blocked for due in tranches_due(finance))


def test_a_midterm_is_overdue_a_final_report_is_due_soon_and_a_rectification_has_its_day() -> None:
    overdue = [item for item in todo(user("applicant3")) if item.is_overdue]
    assert {item.thing.midterm_passed_at for item in overdue} == {None}
    final = [item for item in todo(user("applicant1")) if item.is_soon]
    assert all(item.thing.midterm_passed_at for item in final) and final
    assert Report.objects.filter(venture__state=State.RECTIFYING, rectify_by__gt=today()).count() == 1


def test_work_money_and_what_is_claimed_back_are_on_record() -> None:
    running = in_delivery().ventures.filter(state=State.IN_DELIVERY)
    assert all(Activity.objects.filter(venture=v).count() >= 3 for v in running)
    assert all(Expense.objects.filter(award__venture=v).exists() for v in running)
    assert not Expense.objects.filter(award__venture__round=in_delivery(), summary__contains="支出（").exists()
    assert Award.objects.get(venture__state=State.TERMINATING).claimed > 0
    assert Award.objects.get(venture__state=State.SHOWN).returned > 0


def test_a_showcase_is_to_come_with_ventures_on_its_programme_and_launches_the_next_round() -> None:
    event = next_event()
    assert event is not None
    assert event.starts_at.date() > today()
    assert event.programme.exclude(venture=None).count() >= 2
    assert {e.material_received for e in event.exhibits.all()} == {True, False}
    assert event.launches.get().state == RoundState.PREPARING


# --- What each of them sees -------------------------------------------------------------------------------------------

SEEN = [
    ("", "home", ["第六届公益创投", "第五届公益创投", "第二届红色创投成果展"]),
    ("", "rounds", ["第二届红色创投"]),
    ("", "notices", ["第五届公益创投"]),
    ("", "showcases", ["第二届红色创投成果展"]),
    ("clerk", "desk_rounds", ["第二届红色创投", "第四届红色创投"]),
    ("clerk", "desk_ventures", ["菜园课堂"]),
    ("clerk", "desk_screening", ["海港小课堂", "菜园课堂", "夜归灯"]),
    ("manager", "desk_reviews", ["第三届红色创投"]),
    ("manager", "desk_notices", ["第五届公益创投"]),
    ("finance", "desk_payments", ["红色工间", "银龄互助岗", "老屋新生", "楼上楼下"]),
    ("clerk", "desk_delivery", ["老街记忆", "红色码头", "新邻里客厅", "小海鸥", "一技在手"]),
    ("clerk", "desk_showcases", ["第二届红色创投成果展"]),
    ("manager", "desk_closures", ["板凳会", "先锋水上救援"]),
    ("clerk", "desk_organizations", ["演示社会组织"]),
    ("clerk", "desk_platforms", ["孵化平台"]),
    ("manager", "desk_reports_list", ["xlsx"]),
    ("clerk", "desk_journal", ["同桌议事"]),
    ("operator", "desk_delivery", ["老街记忆"]),
    ("operator1", "desk_delivery", ["楼上楼下"]),
    ("supervisor", "desk_ventures", ["海港小课堂"]),
    ("expert1", "review_home", ["新邻居会客厅", "老支书讲故事"]),
    ("admin", "desk_people", ["初审员"]),
    *((f"applicant{n}", "apply_home", [title]) for n, title in enumerate(
        ["乡音广播站", "银龄互助岗", "红色码头", "新邻里客厅", "楼上楼下", "夜归灯", "小海鸥", "巧手工坊", "议事亭", "先锋水上救援"], 1)),
]  # fmt: skip


@pytest.mark.parametrize(("username", "name", "titles"), SEEN)
def test_nobody_meets_an_empty_room(username: str, name: str, titles: list[str]) -> None:
    seen = page(username, name)
    assert [title for title in titles if title not in seen] == []
    assert 'class="empty"' not in seen


@pytest.mark.parametrize(
    ("username", "queues"),
    [
        ("clerk", ["待形式审查", "待中期评估", "待末期评估", "待成果展"]),
        ("manager", ["待核查异议", "待结项", "待终止清算", "待提交评分"]),
        ("finance", ["可拨付", "待登记协议"]),
    ],
)
def test_something_waits_today_for_each_of_the_staff(username: str, queues: list[str]) -> None:
    seen = page(username, "desk_home").split("以下事项暂无待办")[0]
    assert [queue for queue in queues if queue not in seen] == []


# --- What is written and attached -------------------------------------------------------------------------------------


def written_today() -> list[Application]:
    """Of the call and the delivery: what was handed in."""
    rounds = [in_delivery(), Round.objects.get(series__code="GY", edition=6)]
    rows = Application.objects.filter(venture__round__in=rounds).exclude(venture__state=State.DRAFT)
    return list(rows.select_related("venture"))


def test_applications_are_written_out_and_no_two_say_the_same() -> None:
    rows = written_today()
    assert len(rows) == 16
    for name in NARRATIVE:
        texts = [getattr(row, name) for row in rows]
        assert len(set(texts)) == len(texts), name
        assert min(map(len, texts)) >= 30, name
    assert all(60 <= len(row.summary) <= 500 for row in rows)
    assert all(sum(len(getattr(row, name)) for name in NARRATIVE) >= 400 for row in rows)


def test_team_indicators_schedule_and_budget_are_filled_in() -> None:
    for row in written_today():
        written = ApplicationContent(row.venture)
        assert len(written.rows("team")) >= 2
        assert all(i.target > 0 and i.evidence for i in written.rows("indicators"))
        assert written.rows("schedule")
        assert all(line.basis for line in written.rows("budget"))


def test_every_title_says_that_it_is_a_demonstration_and_nothing_looks_like_an_identity_number() -> None:
    rows = Venture.objects.exclude(round__year=2020)
    assert all(title.startswith("演示·") for title in rows.values_list("title", flat=True))
    assert all(rows.values_list("is_demo", flat=True))
    for row in Application.objects.filter(venture__in=rows):
        fields = [f for f in form_of(row.venture.round) if f.kind is not Kind.FILES]
        told = str(ApplicationContent(row.venture).values(form_of(row.venture.round), [f.path for f in fields]))
        assert not re.search(r"\d{15,}", told)


def test_papers_are_small_pdfs_that_are_marked_and_the_stamped_scan_is_of_what_was_handed_in() -> None:
    files = StoredFile.objects.filter(kind="pdf")
    assert files.count() >= 40
    assert all(f.is_demo and "演示" in f.name and f.size < 100_000 for f in files)
    assert path_of(files[0]).read_bytes().startswith(b"%PDF-")
    for venture in in_delivery().ventures.all():
        submission = venture.submissions.get()
        assert submission.stamped_scan.content_hash == submission.hash
        assert submission.files.count() >= 2


# --- Made twice, and where it is not made -----------------------------------------------------------------------------


def test_making_it_twice_changes_nothing(world: Namespace) -> None:
    before = Venture.objects.count(), StoredFile.objects.count(), Activity.objects.count()
    assert demo() == world.printed
    assert (Venture.objects.count(), StoredFile.objects.count(), Activity.objects.count()) == before


def test_a_year_without_a_published_calendar_is_entered_by_the_week_and_says_so() -> None:
    assert enter_calendar(2090) == 365
    assert enter_calendar(2090) == 0
    assert enter_calendar(2020) == 0
    assert "演示" in CalendarDay.objects.get(day="2090-01-02").source


# --- Whoever comes may log in -----------------------------------------------------------------------------------------


def test_each_account_that_the_login_page_names_gets_in_without_a_second_factor(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    named = re.findall(r'data-username="(\w+)"', page("", "login"))
    assert named == ["applicant1", "clerk", "manager", "finance", "expert1", "operator", "supervisor", "admin"]
    for username in named:
        client = Client()
        answer = client.post(reverse("login"), {"username": username, "password": password()}, follow=True)
        assert answer.status_code == 200
        assert answer.wsgi_request.user.username == username
        assert "/me/factor" not in answer.wsgi_request.path
        assert not answer.wsgi_request.is_held


def test_the_links_of_the_login_page_fill_in_the_user_name_and_keep_the_way() -> None:
    shown = Client().get(reverse("login"), {"next": "/desk/payments/"}).content.decode()
    assert "?user=clerk&amp;next=%2Fdesk%2Fpayments%2F" in shown
    filled = Client().get(reverse("login"), {"user": "clerk"}).content.decode()
    assert re.search(r'<input[^>]*name="username"[^>]*value="clerk"', filled)


def test_an_account_with_another_password_or_none_is_not_named() -> None:
    changed = user("clerk")
    changed.set_password("another-long-password")
    changed.save()
    User.objects.filter(username="admin").update(is_active=False)
    named = [u.username for u in guests()]
    assert "clerk" not in named
    assert "admin" not in named
    assert "manager" in named


def test_the_accounts_are_not_named_any_more_once_there_is_a_real_round() -> None:
    factories.a_round(is_demo=False, edition=90)
    shown = page("", "login")
    assert "demo-accounts" not in shown
    assert password() not in shown
