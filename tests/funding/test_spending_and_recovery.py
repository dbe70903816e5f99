from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Role, User
from common.errors import Invalid, NotAllowed
from common.models import JournalEntry
from funding import actions
from funding.invariants import running_totals_are_the_sums_of_the_ledger
from funding.models import Award, Expense
from organizations.models import Membership
from tests.funding.steps import (
    SIGNED,
    award_of,
    in_delivery,
    spend,
)
from ventures import actions as ventures_actions

pytestmark = pytest.mark.engines


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
    assert expense.head == "活动费用"
    assert award_of(venture).spent == Decimal("1200.50")
    assert JournalEntry.objects.of(venture).filter(verb="record_expense").count() == 1


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("spent_on", {"spent_on": date(2020, 6, 11)}),
        ("head", {"head": "党费"}),
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
        "spent_on": date(2020, 6, 9), "head": "活动费用", "summary": "场地", "voucher_number": "1",
        "amount": Decimal(1),
    }  # fmt: skip
    with pytest.raises(Invalid) as e:
        actions.record_expense(venture, by=venture.applicant, **{**given, **facts})
    assert list(e.value.fields) == [field]
    assert award_of(venture).spent == 0


def test_a_reader_of_the_organization_and_other_organizations_record_nothing(world):
    venture, other = in_delivery(world), in_delivery(world)
    reader = User.objects.create(username="reader", name="只读", role=Role.APPLICANT)
    Membership.objects.create(user=reader, organization=venture.organization, part=Membership.Part.READER)
    for somebody in (reader, other.applicant, world.finance):
        venture.applicant = somebody
        with pytest.raises(NotAllowed):
            spend(venture, "1")


# --- Recovery


def test_a_claim_is_not_above_what_was_paid(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(Invalid, match=r"5,000\.02 元.*5,000\.01 元"):
        claim(world, venture, "5000.02")
    with pytest.raises(Invalid):
        claim(world, venture, "100", reason=" ")
    assert claim(world, venture, "5000.01").claimed == Decimal("5000.01")


def test_the_manager_claims_and_finance_receives(world):
    venture = terminated(world, in_delivery(world))
    with pytest.raises(NotAllowed):
        claim(world, venture, "1", by=world.finance)
    claim(world, venture, "1")
    with pytest.raises(NotAllowed):
        recover(world, venture, "1", by=world.manager)


# --- Counter-entries --------------------------------------------------------------------------------------------------


def test_an_expense_is_taken_back_by_a_counter_entry_and_both_are_shown(client, world):
    venture = in_delivery(world)
    spend(venture, "3000.00", voucher_number="V-1", summary="场地费")
    expense = Expense.objects.get()
    client.force_login(venture.applicant)
    url = reverse("apply_expense_reverse", args=[expense.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    page = client.post(url, {"reason": "金额误录"}, follow=True).content.decode()
    assert "<s>场地费</s>" in page and "金额误录" in page and "-3,000.00" in page
    assert award_of(venture).spent == 0 and Expense.objects.count() == 2
    assert client.post(url, {"reason": "再冲"}).status_code == 409
    counter = reverse("apply_expense_reverse", args=[Expense.objects.get(reverses=expense).pk])
    assert client.post(counter, {"reason": "冲冲销"}).status_code == 409
    spend(venture, "300.00", voucher_number="V-1", summary="场地费")
    assert award_of(venture).spent == Decimal("300.00")
    assert not list(running_totals_are_the_sums_of_the_ledger())
    client.force_login(world.clerk)
    assert client.post(url, {"reason": "代冲"}).status_code in {403, 404}


def test_what_is_spent_shrinks_by_a_counter_entry_alone(world):
    venture = in_delivery(world)
    spend(venture, "3000.00")
    awards = Award.objects.filter(venture=venture)
    with pytest.raises(DatabaseError, match="counter-entry"), transaction.atomic():
        awards.update(spent=Decimal(0))
    with pytest.raises(DatabaseError), transaction.atomic():
        Expense.objects.create(
            award=awards.get(),
            spent_on=SIGNED,
            head="活动费用",
            summary="x",
            amount=Decimal(-1),
            voucher_number="1",
        )
