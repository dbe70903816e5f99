from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role, User
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import JournalEntry
from funding import actions
from organizations.models import Membership
from tests.funding.steps import (
    award_of,
    awarded,
    evaluated,
    in_delivery,
    pay,
    signed,
    spend,
)
from ventures import actions as ventures_actions
from ventures.states import State


def terminated(world, venture):
    return ventures_actions.terminate(venture, by=world.manager, reason="整改不合格")


def claim(world, venture, amount, **more):
    facts = {"by": world.manager, "reason": "未按协议实施"}
    return actions.claim_recovery(venture, amount=Decimal(amount), **{**facts, **more})


def recover(world, venture, amount, voucher="ZH-1", **more):
    facts = {"by": world.finance, "voucher_number": voucher}
    return actions.record_recovery(venture, amount=Decimal(amount), **{**facts, **more})


# --- Expenses


def test_an_organization_records_what_it_spent(world):
    venture = in_delivery(world)
    expense = spend(venture, "1200.50")
    assert expense.get_category_display()
    assert award_of(venture).spent == Decimal("1200.50")
    assert JournalEntry.objects.of(venture).filter(verb="record_expense").count() == 1


def test_more_than_was_paid_can_not_be_spent_and_the_refusal_quotes_the_numbers(world):
    venture = in_delivery(world)
    spend(venture, "5000")
    with pytest.raises(Invalid, match=r"0\.02 元.*5,000\.00 元.*5,000\.01 元.*0\.01 元"):
        spend(venture, "0.02")
    spend(venture, "0.01")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("spent_on", {"spent_on": date(2020, 6, 11)}),
        ("category", {"category": "party"}),
        ("summary", {"summary": " "}),
        ("voucher_number", {"voucher_number": ""}),
        ("amount", {"amount": Decimal("0")}),
        ("amount", {"amount": Decimal("-1")}),
        ("amount", {"amount": Decimal("1.005")}),
    ],
)
def test_an_expense_is_checked_field_by_field(world, field, facts):
    venture = in_delivery(world)
    given = {
        "spent_on": date(2020, 6, 9), "category": "activity", "summary": "场地", "voucher_number": "1",
        "amount": Decimal(1),
    }  # fmt: skip
    with pytest.raises(Invalid) as e:
        actions.record_expense(venture, by=venture.applicant, **{**given, **facts})
    assert list(e.value.fields) == [field]
    assert award_of(venture).spent == 0


def test_expenses_are_recorded_during_delivery_only(world):
    with pytest.raises(Conflict):
        spend(signed(world), "1")


def test_a_reader_of_the_organization_and_other_organizations_record_nothing(world):
    venture, other = in_delivery(world), in_delivery(world)
    reader = User.objects.create(username="reader", name="只读", role=Role.APPLICANT)
    Membership.objects.create(user=reader, organization=venture.organization, part=Membership.Part.READER)
    for somebody in (reader, other.applicant, world.finance):
        venture.applicant = somebody
        with pytest.raises(NotAllowed):
            spend(venture, "1")


# --- Return of a balance


def test_a_balance_is_returned_after_the_final_evaluation_only(world):
    with pytest.raises(Conflict):
        actions.record_return(
            in_delivery(world),
            by=world.finance,
            amount=Decimal(1),
            voucher_number="TH-1",
        )


def test_not_more_than_the_balance_is_returned(world):
    venture = evaluated(world)
    spend(venture, "8000")
    with pytest.raises(Invalid, match=r"333\.02 元.*333\.01 元"):
        actions.record_return(venture, by=world.finance, amount=Decimal("333.02"), voucher_number="TH-1")
    actions.record_return(venture, by=world.finance, amount=Decimal("333.01"), voucher_number="TH-1")
    assert award_of(venture).balance == 0
    with pytest.raises(Invalid):
        spend(venture, "0.01")


# --- Recovery


def test_nothing_is_claimed_from_a_venture_in_delivery(world):
    with pytest.raises(Conflict):
        claim(world, in_delivery(world), "1")


def test_a_claim_is_not_above_what_was_paid(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(Invalid, match=r"5,000\.02 元.*5,000\.01 元"):
        claim(world, venture, "5000.02")
    with pytest.raises(Invalid):
        claim(world, venture, "100", reason=" ")
    assert claim(world, venture, "5000.01").claimed == Decimal("5000.01")


def test_recoveries_stay_within_the_claim(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(Conflict):
        recover(world, venture, "1")
    claim(world, venture, "3000")
    recover(world, venture, "1000")
    with pytest.raises(Invalid, match=r"2,000\.01 元.*1,000\.00 元.*3,000\.00 元"):
        recover(world, venture, "2000.01", "ZH-2")
    with pytest.raises(Invalid, match=r"999\.99 元.*1,000\.00 元"):
        claim(world, venture, "999.99")
    recover(world, venture, "2000", "ZH-2")
    assert award_of(venture).recovered == Decimal(3000)


def test_a_termination_is_settled_when_the_claim_is_decided_and_recovered(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(NotReady, match=r"5,000\.01 元"):
        ventures_actions.settle(venture, by=world.manager)
    claim(world, venture, "3000")
    recover(world, venture, "1000")
    with pytest.raises(NotReady, match=r"1,000\.00 元.*3,000\.00 元.*2,000\.00 元"):
        ventures_actions.settle(venture, by=world.manager)
    recover(world, venture, "2000", "ZH-2")
    assert ventures_actions.settle(venture, by=world.manager).state == State.TERMINATED


def test_claiming_nothing_is_a_decision(world):
    venture = terminated(world, in_delivery(world))
    claim(world, venture, "0", reason="已按协议全部用于项目")
    assert ventures_actions.settle(venture, by=world.manager).state == State.TERMINATED


@pytest.mark.parametrize("make", [awarded, signed])
def test_a_termination_before_any_payment_needs_no_claim(world, make):
    venture = terminated(world, make(world))
    assert ventures_actions.settle(venture, by=world.manager).state == State.TERMINATED


def test_the_manager_claims_and_finance_receives(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(NotAllowed):
        claim(world, venture, "1", by=world.finance)
    claim(world, venture, "1")
    with pytest.raises(NotAllowed):
        recover(world, venture, "1", by=world.manager)


def test_a_venture_without_agreement_has_no_money_to_move(world):
    with pytest.raises(Conflict):
        claim(world, terminated(world, awarded(world)), "1")


def test_the_tail_may_be_spent_after_the_showcase(world):
    venture = evaluated(world)
    spend(venture, "8333.01")
    pay(world, venture, 3)
    ventures_actions.waive_showcase(venture, by=world.clerk, reason="疫情")
    spend(venture, "1667.00")
    assert award_of(venture).balance == 0
