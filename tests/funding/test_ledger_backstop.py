"""Beneath the code: the database refuses on both engines what the code would refuse."""

import pytest
from django.db import IntegrityError, connection, transaction

from funding.models import Award, LedgerEntry
from tests.funding.steps import SIGNED, award_of, awarded, in_delivery, pay, signed, spend, tranche_of

pytestmark = [pytest.mark.engines, pytest.mark.breaks]  # what is let through is no money that the doors know


def refused(sql, *params):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)


def test_raw_sql_does_not_pay_more_than_the_award(world):
    award = award_of(in_delivery(world))
    refused("UPDATE funding_award SET paid = amount + 1 WHERE id = %s", award.pk)
    refused("UPDATE funding_award SET amount = amount * 2 WHERE id = %s", award.pk)


def test_raw_sql_does_not_write_a_payment_that_no_total_has_moved_for(world):
    venture = in_delivery(world)
    refused(
        'INSERT INTO funding_ledgerentry (award_id, kind, tranche_id, amount, "on", voucher_number, note, by_name, at)'
        " VALUES (%s, 'payment', %s, 1, '2020-06-10', 'RAW', '', 'raw', '2020-06-10 00:00:00')",
        award_of(venture).pk,
        tranche_of(venture, 2).pk,
    )


@pytest.mark.parametrize("table", ["ledgerentry", "expense", "tranche"])
def test_raw_sql_neither_changes_nor_deletes_what_is_written(world, table):
    venture = in_delivery(world)
    spend(venture, "1")
    refused(f"UPDATE funding_{table} SET amount = amount + 1")
    refused(f"DELETE FROM funding_{table}")


def test_raw_sql_does_not_lower_a_total(world):
    award = award_of(in_delivery(world))
    refused("UPDATE funding_award SET paid = 0 WHERE id = %s", award.pk)


@pytest.mark.parametrize(
    "change",
    [
        "spent = paid + 1",
        "returned = paid + 1",
        "recovered = 1",
        "recovered = 2, claimed = 1",
        "claimed = paid + 1",
        "claimed = -1",
    ],
)
def test_raw_sql_breaks_no_total(world, change):
    award = award_of(in_delivery(world))
    refused(f"UPDATE funding_award SET {change} WHERE id = %s", award.pk)


def test_raw_sql_does_not_spend_what_no_total_has_moved_for(world):
    award = award_of(in_delivery(world))
    refused(
        "INSERT INTO funding_expense (award_id, spent_on, head, summary, amount, voucher_number, at)"
        " VALUES (%s, '2020-06-09', 'activity', 'raw', 1, '1', '2020-06-10 00:00:00')",
        award.pk,
    )


def test_raw_sql_does_not_delete_an_award(world):
    award = Award.objects.create(venture=awarded(world), amount=1, agreement_number="XY-1", signed_on=SIGNED)
    refused("DELETE FROM funding_award WHERE id = %s", award.pk)


def test_an_award_of_nothing_is_not_stored(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(venture=awarded(world), amount=0, agreement_number="XY-1", signed_on=SIGNED)


@pytest.mark.parametrize(
    "wrong",
    [{"tranche": 1}, {"voucher_number": "PZ-1"}, {"tranche": None}, {"amount": 0}],
    ids=["tranche twice", "voucher twice", "no tranche", "nothing"],
)
def test_the_database_takes_no_payment_that_is_there_already_or_is_none(world, wrong):
    venture = signed(world)
    pay(world, venture, 1, voucher_number="PZ-1")
    award = award_of(venture)
    Award.objects.filter(pk=award.pk).update(paid=award.amount)  # so that only what is wrong stands in the way
    given = {"tranche": 2, "voucher_number": "PZ-2", "amount": 1, **wrong}
    if given["tranche"]:
        given["tranche"] = tranche_of(venture, given["tranche"])
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(award=award, kind=LedgerEntry.Kind.PAYMENT, on=SIGNED, by_name="raw", **given)
