"""Ventures and their money, brought to where a test needs them through the public doors."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.timezone import make_aware

from common.machine.door import move
from delivery import actions as delivery_actions
from delivery.models import Activity
from funding import actions
from funding.models import Award, Tranche
from rounds.models import TrancheRule
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture, an_applicant
from ventures.models import Notice, NoticeLine, Venture
from ventures.states import State

NOTICE_ENDS = date(2020, 6, 5)
SIGNED = date(2020, 6, 8)
NOW = make_aware(datetime(2020, 6, 10, 10))
TRANCHES = (
    ("首期款", "50", "agreement"),
    ("二期款", "33.33", "mid_term"),
    ("尾款", "16.67", "final"),
)


def make_world() -> SimpleNamespace:
    """A round with three tranches, and staff by role."""
    round_ = a_round(RoundState.IN_DELIVERY, rules=False)
    for n, (label, percent, trigger) in enumerate(TRANCHES, start=1):
        TrancheRule.objects.create(
            round=round_,
            ordinal=n,
            label=label,
            percent=Decimal(percent),
            trigger=trigger,
        )
    staff = {role: a_user(role) for role in ("clerk", "finance", "manager", "supervisor")}
    return SimpleNamespace(round=round_, **staff)


def awarded(world: SimpleNamespace, amount: str = "10000.01") -> Venture:
    """A venture that is awarded and waits for its agreement; `venture.applicant` edits for its organization."""
    applicant, organization = an_applicant()
    venture = a_venture(
        State.AWARDED,
        narrative=False,
        budget=False,
        round=world.round,
        organization=organization,
        awarded=Decimal(amount),
    )
    notice = Notice.objects.create(
        round=world.round,
        title="公示",
        opens_on=date(2020, 6, 1),
        closes_on=NOTICE_ENDS,
        days=5,
    )
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
    venture.applicant = applicant  # type: ignore[attr-defined]
    return venture


def signed(world: SimpleNamespace, amount: str = "10000.01") -> Venture:
    venture = awarded(world, amount)
    actions.sign_agreement(venture, by=world.manager, number=f"XY-{venture.pk:03d}", signed_on=SIGNED)
    return venture


def pay(world: SimpleNamespace, venture: Venture, ordinal: int, **more: Any) -> Any:
    tranche = tranche_of(venture, ordinal)
    voucher = more.pop("voucher_number", f"PZ-{venture.pk}-{ordinal}")
    return actions.pay_tranche(tranche, by=more.pop("by", world.finance), voucher_number=voucher, **more)


def tranche_of(venture: Venture, ordinal: int) -> Tranche:
    return Tranche.objects.get(award__venture=venture, ordinal=ordinal)


def in_delivery(world: SimpleNamespace, amount: str = "10000.01") -> Venture:
    """Signed, first tranche paid, begun."""
    venture = signed(world, amount)
    pay(world, venture, 1)
    return move(venture, "begin_delivery", by=world.finance)


def midterm_passed(world: SimpleNamespace, venture: Venture) -> Venture:
    delivery_actions.hand_in_midterm(venture, by=venture.applicant, progress="计划 4 场，已办 4 场")  # type: ignore[attr-defined]
    return delivery_actions.pass_midterm(venture, by=world.clerk, assessment="合格")


def evaluated(world: SimpleNamespace, amount: str = "10000.01") -> Venture:
    """All but the tail paid, final evaluation passed."""
    venture = midterm_passed(world, in_delivery(world, amount))
    pay(world, venture, 2)
    Activity.objects.create(venture=venture, held_on=date(2020, 6, 9), topic="乡音课堂", attendance=30)
    return evaluated_as_is(world, venture)


def evaluated_as_is(world: SimpleNamespace, venture: Venture) -> Venture:
    """Its final report handed in and passed."""
    delivery_actions.hand_in_final(venture, by=venture.applicant, progress="计划 8 场，已办 8 场")  # type: ignore[attr-defined]
    return delivery_actions.pass_final(venture, by=world.clerk, score=Decimal("88"), assessment="良好")


def spend(venture: Venture, amount: str, **more: Any) -> Any:
    facts = {
        "spent_on": date(2020, 6, 9),
        "head": "活动费用",
        "summary": "场地布置",
        "voucher_number": "1",
    }
    return actions.record_expense(venture, by=venture.applicant, amount=Decimal(amount), **{**facts, **more})  # type: ignore[attr-defined]


def award_of(venture: Venture) -> Award:
    return Award.objects.get(venture=venture)
