"""What people do here every day, with the mouse and with the keyboard alone. A drawn share of the pairs every day, all of them
in `make test-long`."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from accounts.models import Kind as AccessKind
from common.clock import now, today
from delivery.models import Activity, Report
from funding.actions import pay_tranche, record_expense, sign_agreement
from funding.models import Expense, LedgerEntry, Tranche
from organizations.models import Organization
from reviews.models import PanelMember
from rounds.models import Round
from rounds.states import RoundState
from showcases.models import Event
from tests.corpus.draw import WHOLE, is_drawn
from tests.factories import a_round
from tests.journeys.conftest import go, text
from tests.journeys.hands import HANDS, Hands
from tests.journeys.looking import as_user
from tests.web.desk_world import an_objection, make_desk, on_notice, planted, to_screen
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE_IN = 8
Journey = Callable[[Hands, SimpleNamespace], None]
JOURNEYS: dict[str, Journey] = {}


def journey(walk: Journey) -> Journey:
    JOURNEYS[walk.__name__] = walk
    return walk


def comes_as(hands: Hands, user: Any, name: str, *args: Any) -> None:
    as_user(hands.page.context, hands.page.base, user)
    go(hands.page, reverse(name, args=args))


def follow(hands: Hands, words: str) -> None:
    """The link of these words; the next page is there afterwards."""
    with hands.page.expect_navigation():
        hands.press(hands.page.get_by_role("link", name=words, exact=True).first)


def send(hands: Hands, words: str) -> None:
    """The button of these words, and its question, which `site` answers with yes."""
    with hands.page.expect_navigation():
        hands.press(hands.page.get_by_role("button", name=words, exact=True).first)


def says(hands: Hands, *words: str) -> None:
    shown = text(hands.page)
    missing = [word for word in words if word not in shown]
    assert not missing, (missing, shown)


# --- Each of what could not be reached once -----------------------------------------------------------------------------


def an_event() -> Event:
    starts = now() + timedelta(5)
    return Event.objects.create(name="成果展", starts_at=starts, ends_at=starts + timedelta(hours=2), venue="文化馆")


@journey
def a_clerk_moves_an_event_to_another_place(hands: Hands, desk: SimpleNamespace) -> None:
    comes_as(hands, desk.clerk, "desk_showcase", an_event().pk)
    follow(hands, "修改")
    hands.write("name", "红色创投项目成果展")
    hands.write("venue", "市民中心二楼")
    send(hands, "保存修改")
    says(hands, "红色创投项目成果展", "市民中心二楼")


@journey
def a_clerk_cancels_an_event_with_its_reason(hands: Hands, desk: SimpleNamespace) -> None:
    comes_as(hands, desk.clerk, "desk_showcase", an_event().pk)
    follow(hands, "取消活动…")
    hands.write("reason", "台风预警，择期另办。")
    send(hands, "取消活动")
    says(hands, "台风预警，择期另办。")


@journey
def a_citizen_finds_the_receipt_again(hands: Hands, desk: SimpleNamespace) -> None:
    objection = an_objection(*on_notice(desk))
    comes_as(hands, None, "notices")
    follow(hands, "查询异议回执")
    hands.write("number", objection.number.lower())
    hands.write("contact", "（0573）8500 0000")
    send(hands, "查看回执")
    says(hands, objection.number)


@journey
def a_citizen_reads_what_a_venture_on_the_notice_is(hands: Hands, desk: SimpleNamespace) -> None:
    venture, notice = on_notice(desk)
    comes_as(hands, None, "notice", notice.pk)
    with hands.page.expect_navigation():
        hands.press(hands.page.locator("main").get_by_role("link", name=venture.title).first)
    says(hands, venture.number, venture.organization.name)


@journey
def a_clerk_is_asked_before_the_only_correction_is_used(hands: Hands, desk: SimpleNamespace) -> None:
    Round.objects.filter(pk=desk.round.pk).update(max_corrections=1)
    venture = to_screen(desk)
    asked: list[str] = []
    hands.page.on("dialog", lambda d: asked.append(d.message))
    comes_as(hands, desk.clerk, "desk_screening_venture", venture.pk)
    hands.press(hands.page.get_by_role("button", name="标注：项目简介"))
    hands.write("remark_summary", "请写明服务人数。")
    send(hands, "退回补正")
    assert asked and venture.title in asked[0]
    venture.refresh_from_db()
    assert venture.state == State.RETURNED


@journey
def an_applicant_whose_call_is_used_up_goes_to_the_own_venture(hands: Hands, desk: SimpleNamespace) -> None:
    Round.objects.exclude(pk=desk.round.pk).delete()
    Round.objects.filter(pk=desk.round.pk).update(max_per_organization=1)
    venture = planted(desk, State.SUBMITTED)
    comes_as(hands, desk.applicant, "apply_home")
    says(hands, "已提交 1 / 1")
    assert "开始申报" not in text(hands.page)
    with hands.page.expect_navigation():
        hands.press(hands.page.locator("main").get_by_role("link", name=venture.title).first)
    says(hands, "下一步", "自")


def to_pay(desk: SimpleNamespace) -> Venture:
    """Its agreement is registered; the first tranche can be paid."""
    venture, __ = on_notice(desk, days_left=-1, state=State.AWARDED)
    sign_agreement(venture, by=desk.finance, number="XY-2020-1", signed_on=today())
    Organization.objects.filter(pk=venture.organization_id).update(
        bank_name="平湖农商银行", bank_account="6222000011112222"
    )
    return venture


@journey
def finance_pays_what_is_due_and_finds_the_payment_by_its_voucher(hands: Hands, desk: SimpleNamespace) -> None:
    venture = to_pay(desk)
    comes_as(hands, desk.finance, "desk_payments")
    says(hands, venture.number, "按届次")
    follow(hands, "登记拨付")
    follow(hands, "显示完整账号")
    says(hands, "6222000011112222")
    assert AccessEntry.objects.filter(kind=AccessKind.ACCOUNT_SHOWN).count() == 1
    hands.write("voucher_number", "pz－2020-9")
    send(hands, "登记拨付")
    assert LedgerEntry.objects.get(voucher_number="PZ-2020-9").award.venture_id == venture.pk
    go(hands.page, reverse("desk_payments"))
    follow(hands, "已拨付")
    hands.write("q", "pz－2020－9")
    send(hands, "筛选")
    says(hands, venture.number, "PZ-2020-9")


@journey
def an_applicant_takes_an_activity_back(hands: Hands, desk: SimpleNamespace) -> None:
    venture = planted(desk, State.IN_DELIVERY)
    Activity.objects.create(venture=venture, held_on=today(), topic="乡音课堂", attendance=30)
    comes_as(hands, desk.applicant, "apply_activities", venture.pk)
    follow(hands, "冲销…")
    hands.write("reason", "人数登记有误。")
    send(hands, "登记冲销")
    says(hands, "人数登记有误。")
    assert Activity.objects.filter(venture=venture).count() == 2, "both are shown"


@journey
def an_applicant_takes_an_expense_back(hands: Hands, desk: SimpleNamespace) -> None:
    venture = to_pay(desk)
    pay_tranche(Tranche.objects.get(ordinal=1), by=desk.finance, voucher_number="PZ-1", on=today())
    Venture.objects.filter(pk=venture.pk).update(state=State.IN_DELIVERY)
    venture.refresh_from_db()
    record_expense(
        venture, by=desk.applicant, spent_on=today(), head="活动费用", summary="场地布置", amount=500, voucher_number="1"
    )  # fmt: skip
    comes_as(hands, desk.applicant, "apply_venture_expenses", venture.pk)
    follow(hands, "冲销…")
    hands.write("reason", "金额登记有误。")
    send(hands, "登记冲销")
    says(hands, "金额登记有误。")
    assert sum(e.amount for e in Expense.objects.all()) == 0


# --- The usual day ------------------------------------------------------------------------------------------------------


@journey
def an_applicant_records_an_activity_and_hands_in_the_midterm(hands: Hands, desk: SimpleNamespace) -> None:
    venture = planted(desk, State.IN_DELIVERY)
    comes_as(hands, desk.applicant, "apply_activities", venture.pk)
    hands.write("held_on", today().isoformat())
    hands.write("topic", "乡音课堂")
    hands.write("attendance", "３０")
    send(hands, "登记活动")
    says(hands, "乡音课堂")
    go(hands.page, reverse("apply_midterm", args=[venture.pk]))
    hands.write("progress", "计划 12 场，已办 6 场。")
    hands.write("beneficiaries", "120")
    send(hands, "提交中期报告")
    assert Report.objects.get(venture=venture).beneficiaries == 120


@journey
def a_clerk_reminds_of_what_is_late(hands: Hands, desk: SimpleNamespace) -> None:
    venture = planted(
        desk, State.IN_DELIVERY, starts_on=today() - timedelta(200), ends_on=today() - timedelta(60)
    )  # fmt: skip
    comes_as(hands, desk.clerk, "desk_home")
    with hands.page.expect_navigation():
        hands.press(hands.page.locator("main").get_by_role("link", name="中期报告").first)
    says(hands, venture.number, "逾期")
    hands.press(hands.page.locator("main [name=ventures]").first)
    send(hands, "催办所选项目")
    says(hands, "已催办 1 个项目的经办人。")
    follow(hands, str(venture))
    says(hands, "自", "催办")


@journey
def a_clerk_is_led_through_the_first_visit(hands: Hands, desk: SimpleNamespace) -> None:
    comes_as(hands, desk.clerk, "desk_home")
    follow(hands, "带我看")
    for __ in range(3):
        follow(hands, "下一步")
    says(hands, "第 4 步，共 4 步")
    send(hands, "完成")
    assert "第一次使用" not in text(hands.page)


@journey
def a_manager_seats_the_panel(hands: Hands, desk: SimpleNamespace) -> None:
    reviewed = a_round(RoundState.CALL_CLOSED, platform=desk.platform)
    planted(desk, State.ELIGIBLE, round=reviewed)
    comes_as(hands, desk.manager, "desk_reviews")
    follow(hands, "评审组")
    hands.press(hands.page.get_by_role("checkbox", name=re.compile(desk.expert.name)))
    send(hands, "保存评审组")
    assert PanelMember.objects.get().expert_id == desk.expert.pk


PAIRS = {f"{name} {hand}": (hand, name) for name in JOURNEYS for hand in HANDS}
DRAWN = {pair: given for pair, given in PAIRS.items() if WHOLE or is_drawn(pair, ONE_IN)}


@pytest.mark.breaks  # planted worlds
@pytest.mark.parametrize(("hand", "name"), DRAWN.values(), ids=DRAWN)
def test_it_is_done_with_the_mouse_and_with_the_keyboard_alone(site: Any, transactional_db: None, hand: str, name: str):
    JOURNEYS[name](HANDS[hand](site), make_desk())
