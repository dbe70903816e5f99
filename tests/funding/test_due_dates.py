"""By when an agreement is to be signed and a tranche to be paid: working days of the round, if it says any."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import Role
from common import clock
from common.machine.door import move
from common.machine.due import due_dates
from rounds.models import Round
from tests.factories import a_user, moment
from tests.funding.steps import awarded, evaluated, midterm_passed, pay, signed
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def dated(world: SimpleNamespace) -> SimpleNamespace:
    Round.objects.filter(pk=world.round.pk).update(signing_days=15, payment_days=10)
    world.round.refresh_from_db()
    return world


def due(world: SimpleNamespace, venture: Venture) -> list[tuple[str, date]]:
    found = due_dates(Venture.objects.filter(pk=venture.pk), world.clerk)
    return [(d.kind.slug, d.on) for d in found if d.kind.slug in {"agreement", "tranche"}]


def test_an_agreement_is_due_so_many_working_days_after_the_notice(dated: SimpleNamespace) -> None:
    # The notice ended on Friday 2020-06-05. 06-25 and 06-26 are 端午, Sunday 06-28 is worked.
    assert due(dated, awarded(dated)) == [("agreement", date(2020, 6, 29))]


def test_the_list_of_finance_marks_what_is_late(client, dated: SimpleNamespace) -> None:
    unsigned, unpaid = awarded(dated), signed(dated)
    with clock.at(moment("2020-07-10 09:00")):
        client.force_login(dated.finance)
        page = client.get(reverse("desk_payments")).content.decode()
    assert "签订协议 · 逾期 11 天" in page and "拨付资金 · 逾期 18 天" in page
    assert unsigned.number in page and unpaid.number in page


def test_each_tranche_is_due_so_many_working_days_after_what_it_waits_for(dated: SimpleNamespace) -> None:
    venture = signed(dated)
    assert due(dated, venture) == [("tranche", date(2020, 6, 22))], "signed on Monday 2020-06-08"
    pay(dated, venture, 1)
    assert due(dated, venture) == [], "the second waits for the mid-term"
    move(venture, "begin_delivery", by=dated.finance)
    with clock.at(moment("2020-07-01 23:30")):
        midterm_passed(dated, venture)
    assert due(dated, venture) == [("tranche", date(2020, 7, 15))]


def test_the_tail_is_due_after_the_final_evaluation_whatever_becomes_of_the_venture_then(
    dated: SimpleNamespace,
) -> None:
    venture = evaluated(dated)
    assert due(dated, venture) == [("tranche", date(2020, 6, 24))], "evaluated on 2020-06-10"
    Venture.objects.filter(pk=venture.pk).update(state=State.SHOWN, state_since=moment("2020-12-07 14:00"))
    assert due(dated, venture) == [("tranche", date(2020, 6, 24))]


def test_a_round_that_says_no_days_has_no_due_dates_of_money(world: SimpleNamespace) -> None:
    assert due(world, awarded(world)) == due(world, signed(world)) == []


def test_by_when_the_office_acts_the_office_alone_knows(dated: SimpleNamespace) -> None:
    rows = Venture.objects.filter(pk=awarded(dated).pk)
    readers = [*(a_user(r) for r in (Role.FINANCE, Role.SUPERVISOR, Role.APPLICANT, Role.OPERATOR, Role.EXPERT))]
    assert [len(due_dates(rows, reader)) for reader in readers] == [1, 1, 0, 0, 0]
