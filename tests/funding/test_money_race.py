from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from common import clock
from common.errors import Conflict, Invalid
from funding import actions
from funding.models import LedgerEntry
from rounds.models import Round
from tests.funding.steps import NOW, SIGNED, award_of, awarded, in_delivery, signed, spend, tranche_of
from tests.waiting import DEADLINE

pytestmark = pytest.mark.engines

THREADS = 20


def race(act):
    """Let `act(n)` run in 20 threads at once; returns how often each outcome came."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database is not shared between threads; give the test database a file")
    start = Barrier(THREADS)

    def one(n):
        try:
            with clock.at(NOW):
                start.wait(timeout=DEADLINE)
                act(n)
            return "done"
        except Conflict:
            return "conflict"
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(one, range(THREADS)))


def test_of_20_who_pay_one_tranche_one_does_and_the_others_are_told(racing_world):
    venture = signed(racing_world)
    tranche = tranche_of(venture, 1)
    outcome = race(lambda n: actions.pay_tranche(tranche, by=racing_world.finance, voucher_number=f"PZ-{n}"))
    assert outcome == {"done": 1, "conflict": THREADS - 1}
    assert award_of(venture).paid == tranche.amount
    assert LedgerEntry.objects.count() == 1


def test_20_who_spend_at_once_never_spend_more_than_was_paid(racing_world):
    venture = in_delivery(racing_world)

    def act(n):
        try:
            spend(venture, "1000", voucher_number=str(n))
        except Invalid as e:
            raise Conflict from e

    assert race(act) == {"done": 5, "conflict": THREADS - 5}
    assert award_of(venture).spent == Decimal(5000)


def test_of_20_who_give_one_number_to_agreements_one_does_and_the_others_are_told(racing_world):
    Round.objects.filter(pk=racing_world.round.pk).update(quota=THREADS)
    ventures = [awarded(racing_world) for __ in range(THREADS)]
    told: set[str] = set()

    def act(n):
        try:
            actions.sign_agreement(ventures[n], by=racing_world.manager, number="XY-1", signed_on=SIGNED)
        except Invalid as e:
            told.update(e.fields)
            raise Conflict from e

    assert race(act) == {"done": 1, "conflict": THREADS - 1}
    assert told == {"number"}
