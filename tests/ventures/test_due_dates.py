"""What is late is seen: on the page of a venture, in lists and their filter, on Today and on the page of a round; and 催办."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notification, Reminder, Role, User
from common import clock
from common.errors import NotAllowed
from common.machine.due import due_dates
from common.models import JournalEntry
from common.work import outbox
from rounds.states import RoundState
from tests.factories import a_round, a_user, an_applicant, moment
from tests.web.desk_world import an_objection, body, make_desk, on_notice, planted, signed_in
from ventures import actions
from ventures.models import NoticeLine, Venture
from ventures.states import State

pytestmark = pytest.mark.engines

TODAY = "2026-09-01 10:00"
# Half of it is 2026-05-01, four months before.
PERIOD = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 5, 31)}


@pytest.fixture(autouse=True)
def _at_the_start_of_september() -> Iterator[None]:
    with clock.at(moment(TODAY)):
        yield


@pytest.fixture
def desk(db: Any) -> SimpleNamespace:
    return make_desk()


@pytest.fixture
def late(desk: SimpleNamespace) -> Venture:
    """In delivery, its mid-term four months overdue."""
    return planted(desk, State.IN_DELIVERY, title="逾期项目", **PERIOD)


def day(n: int) -> date:
    return clock.today() + timedelta(n)


def due(venture: Venture, reader: Any) -> list[tuple[str, date]]:
    return [(d.kind.slug, d.on) for d in due_dates(Venture.objects.filter(pk=venture.pk), reader)]


# --- The days of this room --------------------------------------------------------------------------------------------


def test_a_draft_is_due_on_the_last_day_of_the_call_and_no_more_after_it(desk: SimpleNamespace) -> None:
    round_ = a_round(platform=desk.platform, closes_at=moment("2026-09-05 00:00"))
    draft = planted(desk, State.DRAFT, round=round_)
    assert due(draft, desk.applicant) == [("application", date(2026, 9, 4))]
    with clock.at(moment("2026-09-05 00:01")):
        assert due(draft, desk.applicant) == []


def test_an_application_is_to_be_screened_in_the_working_days_of_the_round(desk: SimpleNamespace) -> None:
    # 2020-06-25 and 26 are holidays, Sunday 06-28 is worked.
    round_ = a_round(platform=desk.platform, screening_days=5)
    at = moment("2020-06-23 23:30")
    assert due(planted(desk, State.SUBMITTED, round=round_, submitted_at=at), desk.clerk) == [
        ("screening", date(2020, 7, 1))
    ]
    assert due(planted(desk, State.SUBMITTED, submitted_at=at), desk.clerk) == [], "this round does not say"


def test_what_was_sealed_is_to_be_screened_from_the_end_of_the_call_on(desk: SimpleNamespace) -> None:
    past = {"opens_at": moment("2020-06-01 09:00"), "closes_at": moment("2020-06-23 17:00")}
    round_ = a_round(platform=desk.platform, screening_days=5, sealed=True, **past)
    venture = planted(desk, State.SUBMITTED, round=round_, submitted_at=moment("2020-06-03 10:00"))
    assert due(venture, desk.clerk) == [("screening", date(2020, 7, 1))]


def test_an_objection_is_to_be_ruled_on_in_the_working_days_of_the_round(desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk, state=State.OBJECTED)
    type(desk.round).objects.filter(pk=desk.round.pk).update(ruling_days=5)
    an_objection(venture, notice, filed_at=moment("2020-06-23 09:00"))
    an_objection(venture, notice, filed_at=moment("2020-06-24 09:00"))
    assert due(venture, desk.manager) == [("ruling", date(2020, 7, 1))]
    venture.objections.update(state="dismissed")
    assert due(venture, desk.manager) == []


def test_the_page_of_a_round_tells_the_end_of_its_notice_while_it_runs(desk: SimpleNamespace) -> None:
    __, notice = on_notice(desk, days_left=2)
    text = body(signed_in(desk.clerk).get(reverse("desk_round", args=[desk.round.pk])))
    assert "公示期满" in text and "还剩 2 天" in text and f"{notice.closes_on}" in text
    NoticeLine.objects.all().delete()
    type(notice).objects.update(closes_on=day(-1))
    assert "公示期满" not in body(signed_in(desk.clerk).get(reverse("desk_round", args=[desk.round.pk])))


# --- Seen -------------------------------------------------------------------------------------------------------------


def test_a_mid_term_four_months_late_says_so_to_everybody_who_sees_the_venture(
    desk: SimpleNamespace, late: Venture
) -> None:
    pages = [(desk.applicant, "apply_venture"), (desk.clerk, "desk_venture"), (desk.operator, "desk_venture")]
    for user, name in pages:
        text = body(signed_in(user).get(reverse(name, args=[late.pk])))
        assert "中期报告" in text and "2026年5月1日" in text
        assert re.search(r'bg-red-lt">\s*逾期 4 个月', text), name


def test_lists_mark_what_is_late_with_its_word(desk: SimpleNamespace, late: Venture) -> None:
    on_time = planted(desk, State.IN_DELIVERY, title="按时项目", starts_on=day(-100), ends_on=day(106))
    for user, name in (
        (desk.clerk, "desk_ventures"), (desk.clerk, "desk_delivery"), (desk.applicant, "apply_home"),
    ):  # fmt: skip
        text = body(signed_in(user).get(reverse(name)))
        assert "中期报告 · 逾期 4 个月" in text and "中期报告 · 还剩 3 天" in text, name
    assert on_time.title in text


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("overdue", {"late", "rectifying"}), ("soon", {"soon"}), ("overdue-midterm", {"late"}),
        ("overdue-rectification", {"rectifying"}), ("soon-midterm", {"soon"}), ("overdue-final", set()),
        ("", {"late", "rectifying", "soon", "quiet"}), ("nonsense", {"late", "rectifying", "soon", "quiet"}),
    ],
)  # fmt: skip
def test_the_list_is_filtered_by_what_is_due_and_the_filter_stays_in_the_address(
    desk: SimpleNamespace, late: Venture, wanted: str, expected: set[str]
) -> None:
    ventures = {
        "late": late,
        "rectifying": planted(desk, State.RECTIFYING, title="整改项目", rectify_by=day(-1)),
        "soon": planted(desk, State.IN_DELIVERY, title="将到期项目", starts_on=day(-100), ends_on=day(106)),
        "quiet": planted(desk, State.MID_TERM, title="无事项目", **PERIOD),
    }
    text = body(signed_in(desk.clerk).get(reverse("desk_ventures"), {"due": wanted}))
    assert {name for name, v in ventures.items() if f"《{v.title}》" in text} == expected
    if expected and wanted in {"overdue", "soon"}:
        assert f'value="{wanted}" selected' in text


def test_today_names_what_is_late_and_leads_to_it(desk: SimpleNamespace, late: Venture) -> None:
    text = body(signed_in(desk.clerk).get(reverse("desk_home")))
    assert "中期报告逾期" in text and "逾期 4 个月" in text
    url = reverse("desk_ventures") + "?due=overdue-midterm"
    assert f'href="{url}"' in text
    assert late.title in body(signed_in(desk.clerk).get(url))


def test_the_page_of_a_round_counts_who_is_late_with_what(desk: SimpleNamespace, late: Venture) -> None:
    planted(desk, State.IN_DELIVERY, starts_on=day(-100), ends_on=day(106))
    planted(desk, State.IN_DELIVERY, round=a_round(RoundState.IN_DELIVERY, platform=desk.platform), **PERIOD)
    text = body(signed_in(desk.clerk).get(reverse("desk_round", args=[desk.round.pk])))
    assert "有逾期事项" in text
    links = re.findall(r'href="/desk/ventures/\?due=([\w-]+)&amp;round=(\d+)"', text)
    assert sorted(links) == [("overdue-midterm", str(desk.round.pk)), ("soon-midterm", str(desk.round.pk))]


def test_of_other_platforms_an_operator_counts_nothing(desk: SimpleNamespace, late: Venture) -> None:
    Venture.objects.filter(pk=late.pk).update(platform=desk.elsewhere)
    client = signed_in(desk.operator)
    assert "逾期" not in body(client.get(reverse("desk_home")))
    assert late.title not in body(client.get(reverse("desk_ventures"), {"due": "overdue"}))


def test_what_is_late_of_one_venture_or_of_three_costs_a_page_the_same(desk: SimpleNamespace) -> None:
    client = signed_in(desk.manager)
    pages = {
        reverse("desk_ventures") + "?due=overdue": 10, reverse("desk_round", args=[desk.round.pk]): 13,
        reverse("desk_home"): 10,
    }  # fmt: skip
    for n in (1, 3):
        while desk.round.ventures.count() < n:
            planted(desk, State.IN_DELIVERY, **PERIOD)
        for url, queries in pages.items():
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            assert len(asked) == queries, (url, n)


# --- 催办 -------------------------------------------------------------------------------------------------------------


def remind(client: Client, *ventures: Venture, **more: Any) -> str:
    """Press the button; what the next page says."""
    data = {"ventures": [v.pk for v in ventures], **more}
    answer = client.post(reverse("desk_ventures_remind") + "?due=overdue", data, follow=True)
    while outbox.drain():
        pass
    return body(answer)


def reminders(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user, key__contains="due:").values_list("text", flat=True))


def test_who_is_late_is_reminded_in_the_site_and_by_mail_and_the_journal_tells_by_whom(
    desk: SimpleNamespace, late: Venture
) -> None:
    User.objects.filter(pk=desk.applicant.pk).update(email="applicant@example.org")
    client = signed_in(desk.clerk)
    page = body(client.get(reverse("desk_venture", args=[late.pk])))
    assert reverse("desk_venture_remind", args=[late.pk]) in page
    answer = client.post(reverse("desk_venture_remind", args=[late.pk]), follow=True)
    outbox.drain()
    outbox.drain()
    assert "已催办 1 个项目" in body(answer)
    expected = f"{late}：中期报告，期限为 2026-05-01，逾期 4 个月。"
    assert reminders(desk.applicant) == [expected]
    assert [(m.to, m.body) for m in mail.outbox] == [(["applicant@example.org"], expected)]
    entry = JournalEntry.objects.of(late).get(verb="remind")
    assert entry.by_id == desk.clerk.pk and "中期报告" in entry.note
    assert "催办" not in body(signed_in(desk.applicant).get(reverse("apply_venture", args=[late.pk])))


def test_of_one_thing_nobody_is_reminded_twice_a_day_and_who_presses_again_is_told(
    desk: SimpleNamespace, late: Venture
) -> None:
    assert "已催办 1 个项目" in remind(signed_in(desk.clerk), late)
    said = remind(signed_in(desk.manager), late)
    assert "已催办 1 个项目" not in said and "今天 10:00 已经催办过" in said and late.title in said
    assert len(reminders(desk.applicant)) == 1 == Reminder.objects.count()
    assert JournalEntry.objects.of(late).filter(verb="remind").count() == 1
    with clock.at(moment("2026-09-02 09:00")):
        assert "已催办 1 个项目" in remind(signed_in(desk.clerk), late)
    assert len(reminders(desk.applicant)) == 2


def test_several_ventures_of_one_organization_are_one_message(desk: SimpleNamespace, late: Venture) -> None:
    other, organization = an_applicant()
    also = planted(desk, State.RECTIFYING, rectify_by=day(1))
    others = planted(desk, State.IN_DELIVERY, organization=organization, **PERIOD)
    quiet = planted(desk, State.MID_TERM)
    said = remind(signed_in(desk.clerk), late, also, others, quiet)
    assert "已催办 3 个项目" in said and f"{quiet}：没有即将到期或已逾期的事项" in said
    (text,) = reminders(desk.applicant)
    assert late.title in text and also.title in text and "有 2 项" in text and others.title not in text
    assert len(reminders(other)) == 1
    assert (
        "due=overdue"
        in signed_in(desk.clerk)
        .post(reverse("desk_ventures_remind") + "?due=overdue", {"only": late.pk})
        .headers["Location"]
    )


def test_the_button_of_a_row_reminds_of_that_row_whatever_is_ticked(desk: SimpleNamespace, late: Venture) -> None:
    ticked = planted(desk, State.IN_DELIVERY, **PERIOD)
    remind(signed_in(desk.clerk), ticked, only=late.pk)
    assert list(Reminder.objects.values_list("subject_id", flat=True)) == [late.pk]


def test_only_who_runs_the_round_reminds_and_of_what_they_see(desk: SimpleNamespace, late: Venture) -> None:
    for user in (desk.finance, desk.supervisor, desk.operator, desk.applicant, desk.expert):
        client = signed_in(user)
        assert client.post(reverse("desk_venture_remind", args=[late.pk])).status_code == 403
        assert client.post(reverse("desk_ventures_remind"), {"ventures": [late.pk]}).status_code == 403
        with pytest.raises(NotAllowed):
            actions.remind([late], by=user)
    assert "催办" not in body(signed_in(desk.finance).get(reverse("desk_ventures")))
    draft = planted(desk, State.DRAFT, round=a_round(platform=desk.platform, closes_at=moment("2026-09-03 00:00")))
    clerk = signed_in(desk.clerk)
    assert clerk.post(reverse("desk_venture_remind", args=[draft.pk])).status_code == 404
    assert clerk.post(reverse("desk_ventures_remind"), {"ventures": [draft.pk]}).status_code == 422
    assert clerk.post(reverse("desk_ventures_remind"), {"ventures": ["x"]}).status_code == 422
    answer = clerk.post(reverse("desk_ventures_remind"), {})
    assert answer.status_code == 422 and "请勾选要催办的项目" in body(answer)
    assert not Reminder.objects.exists()


def test_nobody_reminds_themselves(desk: SimpleNamespace) -> None:
    User.objects.filter(role__in=[Role.CLERK, Role.MANAGER]).exclude(pk=desk.clerk.pk).update(is_active=False)
    round_ = a_round(platform=desk.platform, screening_days=1)
    venture = planted(desk, State.SUBMITTED, round=round_, submitted_at=moment("2026-08-20 09:00"))
    assert "没有其他经办人可以催办" in remind(signed_in(desk.clerk), venture)
    other = a_user(Role.CLERK)
    assert "已催办 1 个项目" in remind(signed_in(desk.clerk), venture)
    assert len(reminders(other)) == 1 and reminders(desk.clerk) == []
