"""One tranche alone, after whatever it waits for, is walked to closure."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from common import clock
from common.errors import Conflict, NotReady
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
from ventures import actions as ventures_actions
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


def alone(world: SimpleNamespace, trigger: str) -> Venture:
    """A signed venture of a round that pays everything at once, after `trigger`."""
    world.round.tranche_rules.all().delete()
    TrancheRule.objects.create(round=world.round, ordinal=1, label="一次拨付", percent=Decimal(100), trigger=trigger)
    return signed(world)


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


@pytest.mark.breaks("nothing_is_paid_before_its_trigger")
def test_a_payment_at_closure_that_came_too_early_breaks_a_law(world: SimpleNamespace) -> None:
    venture = evaluated(world, alone(world, "closure"))
    award, tranche = award_of(venture), tranche_of(venture, 1)
    Award.objects.filter(pk=award.pk).update(paid=award.amount)
    LedgerEntry.objects.create(
        award=award, kind="payment", tranche=tranche, amount=award.amount, on=SIGNED, voucher_number="PZ-1",
        **stamp(world.finance),
    )  # fmt: skip
    assert [v for v, __ in nothing_is_paid_before_its_trigger()] == [venture]
