from datetime import date
from decimal import Decimal

import pytest

from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from common.models import JournalEntry, OutboxMessage
from funding import actions
from funding.models import LedgerEntry, Tranche
from organizations.models import Membership, Part
from tests.factories import a_user
from tests.funding.steps import (
    award_of,
    awarded,
    evaluated,
    pay,
    signed,
)
from ventures.states import State

pytestmark = pytest.mark.engines


def test_a_payment_moves_the_total_and_writes_ledger_journal_and_message_together(
    world,
):
    venture = signed(world)
    entry = pay(world, venture, 1, voucher_number="PZ-77")
    assert award_of(venture).paid == entry.amount == entry.award.paid == Decimal("5000.01")
    assert LedgerEntry.objects.get().voucher_number == "PZ-77"
    assert JournalEntry.objects.of(venture).filter(verb="pay_tranche", note="PZ-77").count() == 1
    message = OutboxMessage.objects.get(kind="notify")
    assert message.payload["user"] == venture.applicant.pk
    assert "PZ-77" in message.payload["text"]


def test_a_payment_is_told_to_who_sees_the_money_of_the_organization(world):
    venture = signed(world)
    reader, accountant = a_user(), a_user()
    Membership.objects.create(user=reader, organization=venture.organization, part=Part.READER)
    Membership.objects.create(user=accountant, organization=venture.organization, part=Part.FINANCE)
    pay(world, venture, 1)
    told = {message.payload["user"] for message in OutboxMessage.objects.filter(kind="notify")}
    assert told == {venture.applicant.pk, accountant.pk}


@pytest.mark.breaks("tranches_add_up_to_the_award")
def test_a_payment_beyond_the_award_is_refused_with_the_numbers(world):
    venture = evaluated(world)
    pay(world, venture, 3)
    Tranche.objects.create(
        award=award_of(venture),
        ordinal=4,
        label="追加款",
        percent=1,
        amount=Decimal("100"),
        trigger="final",
    )
    with pytest.raises(Conflict, match=r"10,000\.01 元.*100\.00 元.*10,000\.01 元"):
        pay(world, venture, 4)


def test_a_voucher_number_is_entered_once(world):
    pay(world, signed(world), 1, voucher_number="PZ-1")
    other = signed(world)
    with pytest.raises(Invalid) as e:
        pay(world, other, 1, voucher_number=" PZ-1 ")
    assert list(e.value.fields) == ["voucher_number"]
    assert award_of(other).paid == 0


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("voucher_number", {"voucher_number": "  "}),
        ("on", {"on": date(2020, 6, 11)}),
        ("on", {"on": date(2020, 6, 7)}),
    ],
)
def test_a_payment_needs_a_voucher_and_a_day_between_agreement_and_today(world, field, facts):
    venture = signed(world)
    with pytest.raises(Invalid) as e:
        pay(world, venture, 1, **facts)
    assert list(e.value.fields) == [field]
    assert award_of(venture).paid == 0


@pytest.mark.parametrize("role", ["clerk", "manager", "supervisor", "applicant"])
def test_only_finance_pays(world, role):
    venture = signed(world)
    by = venture.applicant if role == "applicant" else getattr(world, role)
    with pytest.raises(NotAllowed):
        pay(world, venture, 1, by=by)


def test_delivery_begins_when_the_agreement_is_signed_and_the_first_tranche_paid(world):
    venture = awarded(world)
    with pytest.raises(NotReady) as e:
        move(venture, "begin_delivery", by=world.finance)
    assert len(e.value.reasons) == 2
    actions.sign_agreement(venture, by=world.clerk, number="XY", signed_on=date(2020, 6, 8))
    with pytest.raises(NotReady) as e:
        move(venture, "begin_delivery", by=world.finance)
    assert len(e.value.reasons) == 1
    pay(world, venture, 1)
    assert move(venture, "begin_delivery", by=world.finance).state == State.IN_DELIVERY
