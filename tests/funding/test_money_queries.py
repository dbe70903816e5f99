from decimal import Decimal

import pytest

from common.machine.door import move
from funding import queries
from funding.queries import Money, money_of_many, with_money_to_pay
from tests.funding.steps import awarded, evaluated, in_delivery, midterm_passed, pay, signed, spend
from ventures.models import Venture

pytestmark = pytest.mark.engines


def test_the_money_of_a_venture_adds_up(world):
    venture = in_delivery(world)
    spend(venture, "1200")
    money = queries.money_of(venture)
    assert (money.awarded, money.paid, money.spent) == (
        Decimal("10000.01"),
        Decimal("5000.01"),
        Decimal("1200.00"),
    )
    assert (money.unpaid, money.balance) == (Decimal("5000.00"), Decimal("3800.01"))
    assert [line.state for line in money.tranches] == ["paid", "waiting", "waiting"]
    assert money.tranches[1].blocked
    assert (money.paid_percent, money.spent_percent) == (
        Decimal("50.0"),
        Decimal("24.0"),
    )


def test_an_award_without_agreement_has_an_amount_and_nothing_else(world):
    assert queries.money_of(awarded(world)) == Money(awarded=Decimal("10000.01"))


@pytest.mark.parametrize("n", [1, 3])
def test_the_money_of_many_ventures_takes_3_queries(world, n, django_assert_num_queries):
    ventures = [in_delivery(world) for _ in range(n)]
    with django_assert_num_queries(3):
        assert len(queries.money_of_many(ventures)) == n
    with django_assert_num_queries(3):
        queries.money_of(ventures[0])


@pytest.mark.parametrize("n", [1, 3])
def test_the_finance_queue_takes_1_query(world, n, django_assert_num_queries):
    for _ in range(n):
        signed(world)
        in_delivery(world)
    with django_assert_num_queries(1):
        due = queries.tranches_due(world.finance)
        assert [str(d.venture) and d.blocked is None for d in due] == [True] * n + [False] * n
        assert {d.account for d in due} == {"*" * 16 + "7890"}


def test_the_finance_queue_has_the_next_tranche_of_each_venture(world):
    venture = evaluated(world)
    assert [(d.tranche.label, d.blocked) for d in queries.tranches_due(world.finance)] == [("尾款", None)]
    pay(world, venture, 3)
    assert queries.tranches_due(world.finance) == []


def test_an_applicant_sees_the_queue_of_its_own_organization_only(world):
    mine, other = signed(world), signed(world)
    assert [d.venture for d in queries.tranches_due(mine.applicant)] == [mine]
    assert [d.venture for d in queries.tranches_due(other.applicant)] == [other]


def test_ventures_that_wait_for_an_agreement_are_listed(world, django_assert_num_queries):
    waiting = awarded(world)
    signed(world)
    with django_assert_num_queries(1):
        assert list(queries.awaiting_agreement(world.clerk)) == [waiting]


@pytest.mark.parametrize("n", [1, 3])
def test_totals_take_1_query_and_add_up(world, n, django_assert_num_queries):
    for _ in range(n):
        spend(in_delivery(world), "200")
    awarded(world)
    with django_assert_num_queries(1):
        sums = queries.totals(Venture.objects.visible_to(world.finance))
    assert (sums["ventures"], sums["agreements"]) == (n + 1, n)
    assert sums["awarded"] == Decimal("10000.01") * (n + 1)
    assert (sums["paid"], sums["spent"]) == (Decimal("5000.01") * n, Decimal(200) * n)
    assert sums["balance"] == Decimal("4800.01") * n
    assert (sums["recovered"], sums["claimed"]) == (0, 0)


def test_totals_of_nothing_are_zero(world):
    assert queries.totals(Venture.objects.none())["unpaid"] == 0


@pytest.mark.parametrize(
    ("account", "shown"),
    [("1204080009000012345", "*" * 15 + "2345"), ("1234567", "*******"), ("", "")],
)
def test_an_account_number_shows_its_last_4_digits(account, shown):
    assert queries.masked(account) == shown


def test_ledger_and_expenses_are_read_in_1_query_each(world, django_assert_num_queries):
    venture = in_delivery(world)
    spend(venture, "1")
    with django_assert_num_queries(1):
        assert [e.tranche.label for e in queries.ledger_of(venture)] == ["首期款"]
    with django_assert_num_queries(1):
        assert len(queries.expenses_of(venture)) == 1


def test_what_the_database_finds_payable_is_what_the_rule_allows(world):
    awarded(world)
    due = [signed(world)]
    waits = in_delivery(world)
    due.append(midterm_passed(world, in_delivery(world)))
    evaluated_now = evaluated(world)
    due.append(evaluated_now)
    broken_off = signed(world)
    move(broken_off, "terminate", by=world.manager, note="撤项")
    held = money_of_many([*due, waits, broken_off])
    by_rule = {pk for pk, money in held.items() if any(line.state == "due" for line in money.tranches)}
    assert by_rule == {v.pk for v in due}
    assert {v.pk for v in with_money_to_pay(Venture.objects.visible_to(world.finance))} == by_rule
    pay(world, evaluated_now, 3)
    assert evaluated_now not in with_money_to_pay(Venture.objects.visible_to(world.finance))
