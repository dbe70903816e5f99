"""What a tranche waits for, and what it comes to. One alone, after whatever it waits for, is walked to closure."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from common import clock
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.actors import stamp
from common.machine.door import move
from common.machine.due import due_dates
from delivery import actions as delivery_actions
from delivery.models import Activity
from funding import actions
from funding.invariants import nothing_is_paid_before_its_trigger
from funding.models import Award, LedgerEntry
from funding.queries import with_money_to_pay
from funding.triggers import AWAITED
from rounds.models import Round, TrancheRule
from tests.factories import moment
from tests.funding.steps import NOW, SIGNED, award_of, midterm_passed, pay, signed, tranche_of
from tests.web.desk_world import body, signed_in
from ventures import actions as ventures_actions
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


def alone(world: SimpleNamespace, trigger: str, **facts: Any) -> Venture:
    """A signed venture of a round that pays everything at once, after `trigger`."""
    plan(world, ("一次拨付", {"percent": Decimal(100), "trigger": trigger, **facts}))
    return signed(world)


def plan(world: SimpleNamespace, *rows: tuple[str, dict[str, Any]]) -> None:
    world.round.tranche_rules.all().delete()
    for n, (label, facts) in enumerate(rows, 1):
        TrancheRule.objects.create(round=world.round, ordinal=n, label=label, **facts)


def evaluated(world: SimpleNamespace, venture: Venture) -> Venture:
    venture = midterm_passed(world, move(venture, "begin_delivery", by=world.finance))
    Activity.objects.create(venture=venture, held_on=SIGNED, topic="乡音课堂", attendance=30)
    delivery_actions.hand_in_final(venture, by=venture.applicant, progress="计划 8 场，已办 8 场")  # type: ignore[attr-defined]
    return delivery_actions.pass_final(venture, by=world.clerk, score=Decimal(88), assessment="良好")


def shown(world: SimpleNamespace, venture: Venture) -> Venture:
    return ventures_actions.waive_showcase(venture, by=world.clerk, reason="不办展")


def is_payable(venture: Venture) -> bool:
    return with_money_to_pay(Venture.objects.filter(pk=venture.pk)).exists()


def test_every_trigger_of_a_round_says_what_it_waits_for() -> None:
    assert list(AWAITED) == list(TrancheRule.Trigger)


@pytest.mark.parametrize("trigger", ["final", "closure"])
def test_one_tranche_alone_after_the_end_is_walked_to_closure(world: SimpleNamespace, trigger: str) -> None:
    venture = shown(world, evaluated(world, alone(world, trigger)))
    with pytest.raises(NotReady, match="10,000.01"):
        ventures_actions.close(venture, by=world.manager)
    pay(world, venture, 1)
    actions.record_return(venture, by=world.finance, amount=Decimal("10000.01"), voucher_number="TH-1", on=SIGNED)
    assert ventures_actions.close(venture, by=world.manager).state == State.CLOSED
    assert list(nothing_is_paid_before_its_trigger()) == []


def test_what_is_paid_at_closure_can_not_be_paid_after_the_final_evaluation_alone(world: SimpleNamespace) -> None:
    venture = evaluated(world, alone(world, "closure"))
    assert not is_payable(venture)
    with pytest.raises(Conflict, match="进入结项后拨付"):
        pay(world, venture, 1)
    assert is_payable(shown(world, venture))


def test_what_is_paid_at_closure_is_due_from_the_day_the_venture_came_into_closure(world: SimpleNamespace) -> None:
    Round.objects.filter(pk=world.round.pk).update(payment_days=10)
    with clock.at(NOW):
        venture = evaluated(world, alone(world, "closure"))
    with clock.at(moment("2020-07-01 23:30")):
        shown(world, venture)
    (found,) = [d for d in due_dates(Venture.objects.filter(pk=venture.pk), world.clerk) if d.kind.slug == "tranche"]
    assert str(found.on) == "2020-07-15"


# --- A day ---


def test_what_is_paid_from_a_day_on_is_paid_from_that_day_on(world: SimpleNamespace) -> None:
    with clock.at(NOW):
        venture = alone(world, "date", planned_on=SIGNED + timedelta(30))
        assert not is_payable(venture)
        with pytest.raises(Conflict, match="自 2020-07-08 起拨付"):
            pay(world, venture, 1)
    with clock.at(moment("2020-07-08 00:00")):
        assert is_payable(venture)
        with pytest.raises(Invalid, match="自 2020-07-08 起拨付"):
            pay(world, venture, 1, on=SIGNED + timedelta(29))
        pay(world, venture, 1)
    assert list(nothing_is_paid_before_its_trigger()) == []


def test_what_is_paid_from_a_day_on_does_not_keep_delivery_from_beginning(world: SimpleNamespace) -> None:
    with clock.at(NOW):
        venture = alone(world, "date", planned_on=SIGNED + timedelta(30))
        assert move(venture, "begin_delivery", by=world.finance).state == State.IN_DELIVERY


def test_it_is_due_from_its_day(world: SimpleNamespace) -> None:
    Round.objects.filter(pk=world.round.pk).update(payment_days=10)
    venture = alone(world, "date", planned_on=SIGNED + timedelta(23))
    with clock.at(moment("2020-07-02 10:00")):
        (found,) = [
            d for d in due_dates(Venture.objects.filter(pk=venture.pk), world.clerk) if d.kind.slug == "tranche"
        ]
    assert str(found.on) == "2020-07-15"


# --- The audit ---

AUDIT = {"auditor": "正信会计师事务所", "number": "正信审字〔2020〕19号", "issued_on": SIGNED}


def test_what_waits_for_the_audit_is_paid_once_it_is_recorded(world: SimpleNamespace) -> None:
    venture = alone(world, "audit")
    with pytest.raises(Conflict, match="末期评估合格后、结项前登记"):
        actions.record_audit(venture, by=world.clerk, **AUDIT)
    evaluated(world, venture)
    assert not is_payable(venture)
    with pytest.raises(Conflict, match="尚未登记审计报告"):
        pay(world, venture, 1)
    actions.record_audit(venture, by=world.clerk, **AUDIT)
    assert is_payable(venture)
    pay(world, venture, 1)
    assert list(nothing_is_paid_before_its_trigger()) == []
    with pytest.raises(Conflict, match="正信会计师事务所 正信审字〔2020〕19号”已登记"):
        actions.record_audit(venture, by=world.clerk, **AUDIT)


def test_the_office_records_the_audit_and_not_who_pays(world: SimpleNamespace) -> None:
    venture = evaluated(world, alone(world, "audit"))
    for user in (world.finance, venture.applicant, world.supervisor):  # type: ignore[attr-defined]
        with pytest.raises(NotAllowed):
            actions.record_audit(venture, by=user, **AUDIT)
    for wrong in (
        {"auditor": " "},
        {"number": ""},
        {"issued_on": SIGNED - timedelta(1)},
        {"issued_on": date(2099, 1, 1)},
    ):
        with pytest.raises(Invalid) as refused:
            actions.record_audit(venture, by=world.manager, **{**AUDIT, **wrong})
        assert list(refused.value.fields) == list(wrong)


def test_the_audit_has_its_page_and_the_closing_gate_leads_there(world: SimpleNamespace) -> None:
    venture = shown(world, evaluated(world, alone(world, "audit")))
    url = reverse("desk_venture_audit", args=[venture.pk])
    clerk = signed_in(world.clerk)
    assert url in body(clerk.get(reverse("desk_venture", args=[venture.pk])))
    assert url in body(clerk.get(reverse("desk_venture_closure", args=[venture.pk])))
    assert clerk.post(url, {**AUDIT, "auditor": ""}).status_code == 422
    assert clerk.post(url, AUDIT).status_code == 302
    page = body(clerk.get(reverse("desk_venture", args=[venture.pk]) + "?tab=money"))
    assert url not in page and "正信会计师事务所 正信审字〔2020〕19号 · 出具于 2020-06-08" in page


# --- Amounts ---


def test_a_fixed_amount_is_paid_as_it_stands_and_the_rest_afterwards(world: SimpleNamespace) -> None:
    plan(
        world,
        ("首期款", {"amount": Decimal("3000.00"), "trigger": "agreement"}),
        ("二期款", {"percent": Decimal(30), "trigger": "mid_term"}),
        ("余款", {"trigger": "final"}),
    )
    venture = signed(world)
    cut = [(t.amount, t.percent) for t in award_of(venture).tranches.all()]
    assert cut == [
        (Decimal("3000.00"), Decimal("30.00")), (Decimal("3000.00"), Decimal("30.00")), (Decimal("4000.01"), Decimal("40.00")),
    ]  # fmt: skip
    pay(world, venture, 1)
    assert award_of(venture).paid == Decimal("3000.00")


@pytest.mark.breaks("nothing_is_paid_before_its_trigger")
@pytest.mark.parametrize("facts", [{"trigger": "date", "planned_on": SIGNED + timedelta(1)}, {"trigger": "audit"}])
def test_a_payment_before_its_day_or_its_audit_breaks_a_law(world: SimpleNamespace, facts: dict[str, Any]) -> None:
    venture = alone(world, **facts)
    a_payment_behind_the_doors(world, venture)
    assert [v for v, __ in nothing_is_paid_before_its_trigger()] == [venture]


@pytest.mark.breaks("nothing_is_paid_before_its_trigger")
def test_a_payment_at_closure_that_came_too_early_breaks_a_law(world: SimpleNamespace) -> None:
    venture = evaluated(world, alone(world, "closure"))
    a_payment_behind_the_doors(world, venture)
    assert [v for v, __ in nothing_is_paid_before_its_trigger()] == [venture]


def a_payment_behind_the_doors(world: SimpleNamespace, venture: Venture) -> None:
    award, tranche = award_of(venture), tranche_of(venture, 1)
    Award.objects.filter(pk=award.pk).update(paid=award.amount)
    LedgerEntry.objects.create(
        award=award, kind="payment", tranche=tranche, amount=award.amount, on=SIGNED, voucher_number="PZ-1",
        **stamp(world.finance),
    )  # fmt: skip
