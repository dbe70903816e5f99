"""Beneath the code: the database refuses on both engines what the code would refuse."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.funding.steps import award_of, in_delivery, spend, tranche_of


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
