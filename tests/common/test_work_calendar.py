"""The working-day calendar on the desk: a year is read as published, looked at, entered, corrected."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Role, User
from common import clock, work_calendar
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import CalendarDay, CalendarYear, JournalEntry
from common.work_calendar.working_days import count_working_days, last_of_working_days
from tests.factories import a_user

pytestmark = pytest.mark.django_db

# The sentences of 国办发明电〔2025〕7号 on 2026, as published.
OF_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""
# Made up: the arrangement of 2027 is not published.
OF_2027 = {
    "days_off": "1月1日至3日\n2月5日-2月11日\n2027-04-05\n5.1-5.5\n6月9日\n9月15日\n10月1日至7日",
    "make_up": "2月13日、5月8日\n10月9日",
    "source": "演示安排",
}


@pytest.fixture(autouse=True)
def november():
    with clock.at(now().replace(year=2026, month=11, day=23)):
        yield


@pytest.fixture
def manager() -> User:
    return a_user(Role.MANAGER, name="负责人")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def keep(by: User, version: int = 0, year: int = 2027, **changes: object) -> work_calendar.Arrangement:
    given = {"days_off": {date(year, 10, 1)}, "make_up": {date(year, 10, 9)}, "source": "演示安排", **changes}
    return work_calendar.keep_year(year, by=by, version=version, **given)  # type: ignore[arg-type]


# --- Reading ---


def test_the_notice_of_2026_pasted_as_it_is_gives_the_days_of_the_package() -> None:
    off, worked = work_calendar.read_holidays(2026, OF_2026)
    known = work_calendar.arrangement_of(2026)
    assert known and work_calendar.arrange(2026, off, worked) == known
    assert (len(known.days_off), len(known.make_up), known.working_days) == (19, 6, 248)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-10-01 至 2027-10-03", 3),
        ("10月1日-3日", 3),
        ("１０月１日～１０月３日", 3),
        ("2027年10月1日—10月3日放假", 3),
        ("10.1-10.3", 3),
        ("1. 国庆：10月1日、2日、3日", 3),
        ("9月30日至10月2日", 3),
        ("2027/10/1", 1),
        ("", 0),
    ],
)
def test_days_are_read_in_the_ways_people_write_them(text: str, days: int) -> None:
    assert len(work_calendar.read_days(2027, text)) == days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("10月1日至7日\n国庆8天", "“国庆8天” is not understood"),
        ("10月1日至", "is not understood"),
        ("3日", "is not understood"),
        ("2月30日", "there is no such day"),
        ("2月1日至30日", "there is no such day"),
        ("10月7日至1日", "the last day is before the first"),
        ("2026-12-31", "2026-12-31 is not of 2027"),
        ("2026-12-31 至 2027-01-02", "2026-12-31 is not of 2027"),
        ("0000-00-00", "there is no such day"),
        ("1月1日 2月", "is not understood"),
        ("2月13日\n国庆后的周六", "“国庆后的周六” is not understood"),
    ],
)
def test_a_line_that_is_not_understood_is_named(text: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        work_calendar.read_days(2027, text)
    assert sentence in str(refused.value)


def test_no_make_up_workdays_may_be_said_in_words() -> None:
    assert work_calendar.read_days(2027, "无") == work_calendar.read_days(2027, "") == set()


# --- Entering ---


def test_a_year_is_looked_at_then_entered_and_deadlines_may_reach_into_it(manager: User) -> None:
    with pytest.raises(Invalid, match="请由审批负责人在“届次”下的“工作日历”中录入"):
        last_of_working_days(date(2026, 12, 28), 10)
    client, url = signed_in(manager), reverse("desk_calendar_enter", args=[2027])
    seen = client.post(url, {**OF_2027, "step": "preview"}).content.decode()
    assert "预览：共 247 个工作日" in seen, seen
    assert not CalendarDay.objects.exists(), "looking stores nothing"
    answer = client.post(url, {**OF_2027, "step": "enter", "version": "0"})
    assert answer.headers["location"] == reverse("desk_calendar_year", args=[2027])
    assert last_of_working_days(date(2026, 12, 28), 10) == date(2027, 1, 11)
    assert count_working_days(date(2027, 2, 1), date(2027, 2, 14)) == 4 + 1 + 1
    entry = JournalEntry.objects.of(CalendarYear(year=2027)).get()
    assert (entry.verb, entry.by_name) == ("enter_calendar", "负责人") and "2027-02-13" in entry.note
    assert "演示安排" in client.get(reverse("desk_calendar")).content.decode()


def test_a_correction_names_the_days_in_the_preview_and_the_journal(manager: User) -> None:
    keep(manager)
    client, url = signed_in(manager), reverse("desk_calendar_enter", args=[2027])
    page = client.get(url).content.decode()
    assert "2027-10-01" in page and "2027-10-09" in page, "what is stored stands in the form"
    given = {"days_off": "10月1日\n10月4日", "make_up": "", "source": "更正通知"}
    seen = client.post(url, {**given, "step": "preview"}).content.decode()
    assert "2027年10月4日（周一）" in seen and "改为放假" in seen and "改为上班" not in seen
    assert client.post(url, {**given, "step": "enter", "version": "1"}).status_code == 302
    entry = JournalEntry.objects.of(CalendarYear(year=2027)).last()
    assert entry and entry.verb == "correct_calendar"
    assert "2027-10-04" in entry.note and "2027-10-09" in entry.note and "2027-10-01" not in entry.note


def test_a_year_that_the_package_knows_may_be_corrected(manager: User) -> None:
    known = work_calendar.arrangement_of(2026)
    assert known
    keep(manager, year=2026, days_off={*known.days_off, date(2026, 12, 31)}, make_up=known.make_up)
    assert count_working_days(date(2026, 12, 28), date(2026, 12, 31)) == 3
    assert count_working_days(date(2026, 1, 1), date(2026, 12, 30)) == known.working_days - 1


def test_days_off_by_law_that_would_be_worked_are_pointed_out(manager: User) -> None:
    url = reverse("desk_calendar_enter", args=[2027])
    page = signed_in(manager).post(url, {"days_off": "10月1日", "make_up": "", "source": "通知", "step": "preview"})
    assert "2027年1月1日（周五）" in page.content.decode() and "法定节假日" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"days_off": set()}, "days_off", "at least one"),
        ({"make_up": {date(2027, 10, 8)}}, "make_up", "Worked anyway: 2027-10-08"),
        ({"make_up": {date(2027, 10, 1)}}, "make_up", "Both off and worked: 2027-10-01"),
        ({"source": " \u200b"}, "source", "Name the notice"),
    ],
)
def test_what_contradicts_itself_is_refused(
    manager: User, changes: dict[str, object], field: str, sentence: str
) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        keep(manager, **changes)
    assert sentence in refused.value.fields[field][0]
    assert not CalendarDay.objects.exists()


def test_what_is_refused_on_the_page_keeps_what_was_typed(manager: User) -> None:
    url = reverse("desk_calendar_enter", args=[2027])
    page = signed_in(manager).post(url, {"days_off": "国庆8天", "make_up": "10月8日", "source": "甲", "step": "enter"})
    assert page.status_code == 422 and "国庆8天</textarea>" in page.content.decode()
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("year", [2025, 2029])
def test_a_year_that_is_over_or_far_ahead_is_not_entered(manager: User, year: int) -> None:
    with pytest.raises(Conflict):
        keep(manager, year=year)
    assert signed_in(manager).get(reverse("desk_calendar_enter", args=[year])).status_code == 409


def test_a_year_beyond_the_calendar_is_not_there(manager: User) -> None:
    client = signed_in(manager)
    assert [client.get(f"/desk/calendar/{year}/").status_code for year in (0, 1899, 2100, 99999)] == [404] * 4


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.MANAGER, Role.ADMIN}])
def test_only_the_head_of_the_office_and_the_administrator_enter_a_year(role: Role) -> None:
    user = a_user(role)
    with pytest.raises(NotAllowed):
        keep(user)
    client = signed_in(user)
    assert client.get(reverse("desk_calendar_enter", args=[2027])).status_code == 403
    reads = role not in {Role.APPLICANT, Role.EXPERT}
    assert client.get(reverse("desk_calendar")).status_code == (200 if reads else 403)
    assert client.get(reverse("desk_calendar_year", args=[2026])).status_code == (200 if reads else 403)


def test_who_looked_at_an_older_version_stores_nothing(manager: User) -> None:
    keep(manager)
    with pytest.raises(Stale):
        keep(manager, days_off={date(2027, 5, 3)})
    page = signed_in(manager).post(
        reverse("desk_calendar_enter", args=[2027]), {**OF_2027, "step": "enter", "version": "0"}
    )
    assert page.status_code == 409 and "10月1日至7日" in page.content.decode()
    known = work_calendar.arrangement_of(2027)
    assert known and known.days_off == [date(2027, 10, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_a_year_at_once_one_is_told(manager: User) -> None:
    keep(manager)
    start, told = Barrier(2), []

    def enter(day: date) -> None:
        start.wait()
        try:
            with clock.at(now().replace(year=2026, month=11, day=23)):
                keep(manager, version=1, days_off={day})
            told.append("")
        except Stale as e:
            told.append(str(e))
        finally:
            connection.close()

    days = [date(2027, 5, 3), date(2027, 5, 4)]
    threads = [Thread(target=enter, args=[day]) for day in days]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert told.count("") == 1 and len(told) == 2
    assert CalendarDay.objects.filter(day__in=days, is_workday=False).count() == 1


def test_the_list_of_years_asks_two_questions(manager: User, django_assert_num_queries) -> None:
    for year in ((), (2027,), (2027, 2028)):
        for y in year:
            keep(manager, year=y, version=work_calendar.version_of(y), make_up=())
        with django_assert_num_queries(2):
            work_calendar.years()
