"""People of the desk and ventures planted in the states that its pages work on."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Role
from common.clock import now, today
from delivery.models import Report
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_platform, a_round, a_user, a_venture, an_applicant, answer_all_checks
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.states import State


def make_desk() -> SimpleNamespace:
    """A round, its platform, one person per role, and an applicant with an organization."""
    platform = a_platform()
    applicant, organization = an_applicant()
    operator = a_user(Role.OPERATOR, name="平台运营员")
    platform.operators.add(operator)
    return SimpleNamespace(
        platform=platform,
        elsewhere=a_platform(name="新埭镇社会组织孵化平台", tier="town"),
        round=a_round(platform=platform, quota=99, budget=Decimal(9_999_999)),
        applicant=applicant,
        organization=organization,
        clerk=a_user(Role.CLERK, name="初审员"),
        other_clerk=a_user(Role.CLERK, name="复核员"),
        finance=a_user(Role.FINANCE, name="财务"),
        manager=a_user(Role.MANAGER, name="审批负责人"),
        supervisor=a_user(Role.SUPERVISOR, name="监督员"),
        admin=a_user(Role.ADMIN, name="管理员"),
        operator=operator,
        expert=a_user(Role.EXPERT, name="评审专家甲"),
    )


def planted(desk: Any, state: str, **fields: Any) -> Venture:
    """A venture of the desk's round and applicant, in `state`."""
    given = {"round": desk.round, "organization": desk.organization, **fields}
    venture = a_venture(state, **given)
    if state == State.MID_TERM:
        hand_in(venture, Report.Kind.MID_TERM)
    if state == State.IN_EVALUATION:
        hand_in(venture, Report.Kind.FINAL)
    return venture


def to_screen(desk: Any, **fields: Any) -> Venture:
    """A submitted venture whose checklist is answered."""
    venture = planted(desk, State.SUBMITTED, **fields)
    answer_all_checks(venture)
    return venture


def hand_in(venture: Venture, kind: str) -> Report:
    return Report.objects.create(venture=venture, kind=kind, progress="计划 12 场，已办 6 场。", handed_in_at=now())


def on_notice(desk: Any, *, days_left: int = 3, state: str = State.ON_NOTICE) -> tuple[Venture, Notice]:
    """A venture on a notice whose last day is `days_left` from today (negative: it is over)."""
    venture = planted(desk, state)
    last = today() + timedelta(days_left)
    notice = Notice.objects.create(
        round=desk.round, title="拟立项项目公示", opens_on=last - timedelta(7), closes_on=last, days=5
    )
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
    return venture, notice


def an_objection(venture: Venture, notice: Notice, **fields: Any) -> Objection:
    given = {"name": "张三", "contact": "0573-85000000", "text": "该项目与已获资助项目内容重复。", **fields}
    return Objection.objects.create(venture=venture, notice=notice, **given)


def proposed_round(desk: Any, **fields: Any) -> Round:
    """A round in review with one proposed venture."""
    round_ = a_round(RoundState.IN_REVIEW, platform=desk.platform, **fields)
    planted(desk, State.PROPOSED, round=round_)
    return round_


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers_of(venture: Venture, met: str = "yes") -> dict[str, str]:
    """The checklist as the page posts it, every line answered."""
    return {f"met_{item.pk}": met for item in venture.round.check_items.all()}


def post(client: Client, name: str, pk: int, data: Mapping[str, Any] | None = None) -> Any:
    return client.post(reverse(name, args=[pk]), dict(data or {}))


def body(answer: Any) -> str:
    return str(answer.content.decode())


MAKE_UP_SUNDAY = (date(2023, 4, 20), date(2023, 4, 25))
