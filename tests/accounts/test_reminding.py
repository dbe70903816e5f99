"""Reminders by the calendar: one message a person a day, nothing twice, nothing old in a flood, missed days made up for."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import Notification, Reminder, User
from accounts.tasks import ask_for_the_reminders_of_the_day
from common import clock
from common.models import OutboxMessage
from tests.factories import moment
from tests.reminding import morning_of, run_reminders
from tests.web.desk_world import make_desk, planted
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines

DUE = date(2026, 5, 20)


@pytest.fixture
def desk(db: Any) -> SimpleNamespace:
    return make_desk()


@pytest.fixture
def late(desk: SimpleNamespace) -> Venture:
    return planted(desk, State.RECTIFYING, rectify_by=DUE, starts_on=None)


def told(user: User) -> list[str]:
    return list(
        Notification.objects.filter(user=user, key__contains=":due:").order_by("pk").values_list("text", flat=True)
    )


def test_who_has_it_is_told_before_on_the_first_day_after_and_then_the_staff(
    desk: SimpleNamespace, late: Venture
) -> None:
    morning_of("2026-05-11")
    for day, n, staff in (
        ("05-12", 0, 0), ("05-13", 1, 0), ("05-14", 1, 0), ("05-19", 2, 0), ("05-20", 2, 0), ("05-21", 3, 0),
        ("05-26", 3, 0), ("05-27", 3, 1), ("05-28", 3, 1), ("06-30", 3, 1),
    ):  # fmt: skip
        morning_of(f"2026-{day}")
        assert (len(told(desk.applicant)), len(told(desk.clerk)), len(told(desk.manager))) == (n, staff, staff), day
    assert told(desk.applicant)[-1].endswith("整改报告，期限为 2026-05-20，逾期 1 天。")
    assert told(desk.clerk)[0].endswith("整改报告，期限为 2026-05-20，逾期 7 天，由申报单位办理，请跟进。")
    assert told(desk.finance) == told(desk.operator) == told(desk.supervisor) == []


def test_a_silent_day_writes_nothing(desk: SimpleNamespace, late: Venture) -> None:
    morning_of("2026-05-14")
    before = OutboxMessage.objects.count()
    morning_of("2026-05-15")
    assert OutboxMessage.objects.count() == before and not Reminder.objects.exists()


def test_several_things_of_a_day_are_one_message(desk: SimpleNamespace, late: Venture) -> None:
    other = planted(desk, State.RECTIFYING, rectify_by=DUE, starts_on=None)
    morning_of("2026-05-13")
    (text,) = told(desk.applicant)
    assert "有 2 项即将到期或已逾期" in text and str(late) in text and str(other) in text
    assert Reminder.objects.count() == 2


def test_what_runs_twice_on_a_day_tells_once(desk: SimpleNamespace, late: Venture) -> None:
    with clock.at(moment("2026-05-13 06:00")):
        assert ask_for_the_reminders_of_the_day() == 0, "nobody is woken at night"
    with clock.at(moment("2026-05-13 07:00")):
        assert (ask_for_the_reminders_of_the_day(), ask_for_the_reminders_of_the_day()) == (1, 0)
        run_reminders()
    morning_of("2026-05-13", hour=18)
    assert len(told(desk.applicant)) == 1


def test_what_was_missed_while_the_machine_was_off_is_made_up_for_once(desk: SimpleNamespace, late: Venture) -> None:
    morning_of("2026-05-12")
    morning_of("2026-05-16")
    assert [text[-7:] for text in told(desk.applicant)] == ["还剩 4 天。"]
    morning_of("2026-05-17")
    assert len(told(desk.applicant)) == 1


def test_the_first_time_nothing_old_comes_in_a_flood(desk: SimpleNamespace, late: Venture) -> None:
    morning_of("2026-09-01")
    morning_of("2026-09-02")
    assert told(desk.applicant) == told(desk.clerk) == []


def test_who_has_gone_is_not_reminded(desk: SimpleNamespace, late: Venture) -> None:
    User.objects.filter(pk=desk.applicant.pk).update(is_active=False)
    morning_of("2026-05-13")
    assert not Reminder.objects.exists()


def test_one_reminder_a_day_is_a_rule_of_the_database(desk: SimpleNamespace) -> None:
    given = {
        "user": desk.clerk,
        "subject_kind": "ventures.venture",
        "subject_id": 1,
        "due": "midterm",
        "by_name": "系统",
    }
    Reminder.objects.create(**given, on=DUE)
    Reminder.objects.create(**given, on=date(2026, 5, 21))
    with pytest.raises(IntegrityError):
        Reminder.objects.create(**given, on=DUE)
