"""Agreements, payments and money back, over HTTP."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AccessEntry, Role
from accounts.models import Kind as AccessKind
from common import clock
from delivery import actions as delivery_actions
from funding.models import LedgerEntry
from organizations.models import Organization
from tests.factories import a_user
from tests.funding.steps import NOW, award_of, awarded, evaluated, in_delivery, make_world, pay, signed, tranche_of
from tests.waiting import DEADLINE
from ventures import actions as ventures_actions
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture(autouse=True)
def in_june_2020():
    with clock.at(NOW):
        yield


@pytest.fixture
def world(db):
    return make_world()


def test_the_agreement_is_registered_and_the_first_tranche_paid(client, world):
    venture = awarded(world, "10000.01")
    client.force_login(world.finance)
    assert str(venture) in client.get(reverse("desk_payments")).content.decode()
    answer = client.post(
        reverse("desk_venture_agreement", args=[venture.pk]), {"number": "XY-1", "signed_on": "2020-06-08"}
    )
    assert answer.status_code == 302, answer.content.decode()
    tranche = tranche_of(venture, 1)
    url = reverse("desk_tranche_pay", args=[tranche.pk])
    page = client.get(url).content.decode()
    assert "伍仟元" in page and "12345678901234567890" not in page and "7890" in page
    assert client.post(url, {"voucher_number": "PZ-1", "on": "2020-06-10"}).status_code == 302
    assert award_of(venture).paid == tranche.amount


def test_the_tail_before_the_final_evaluation_is_refused_with_the_rule_and_the_state(client, world):
    venture = in_delivery(world)
    client.force_login(world.finance)
    tail = tranche_of(venture, 3)
    url = reverse("desk_tranche_pay", args=[tail.pk])
    answer = client.post(url, {"voucher_number": "PZ-尾", "on": "2020-06-10"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "二期款" in body  # the second comes before
    delivery_actions.hand_in_midterm(venture, by=venture.applicant, progress="计划 4 场，已办 4 场")
    delivery_actions.pass_midterm(venture, by=world.clerk, assessment="合格")
    pay(world, venture, 2)
    answer = client.post(url, {"voucher_number": "PZ-尾", "on": "2020-06-10"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "尾款" in body and "末期评估" in body and "实施中" in body
    assert 'value="PZ-尾"' in body, "what was typed is kept"
    assert LedgerEntry.objects.filter(tranche=tail).count() == 0


def test_a_tranche_that_is_paid_is_not_paid_again(client, world):
    venture = signed(world)
    pay(world, venture, 1, voucher_number="PZ-77")
    client.force_login(world.finance)
    answer = client.post(
        reverse("desk_tranche_pay", args=[tranche_of(venture, 1).pk]), {"voucher_number": "PZ-78", "on": "2020-06-10"}
    )
    assert answer.status_code == 409
    assert "PZ-77" in answer.content.decode()


def test_a_voucher_number_is_used_once(client, world):
    pay(world, signed(world), 1, voucher_number="PZ-77")
    other = signed(world)
    client.force_login(world.finance)
    answer = client.post(
        reverse("desk_tranche_pay", args=[tranche_of(other, 1).pk]), {"voucher_number": "PZ-77", "on": "2020-06-10"}
    )
    assert answer.status_code == 422
    assert "PZ-77" in answer.content.decode()
    assert award_of(other).paid == 0


def test_closing_with_money_owed_is_refused_with_the_sum(client, world):
    venture = evaluated(world, "10000.00")
    ventures_actions.waive_showcase(venture, by=world.manager, reason="演示")
    client.force_login(world.manager)
    answer = client.post(reverse("desk_venture_close", args=[venture.pk]))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "尾款" in body and "1,667.00" in body
    venture.refresh_from_db()
    assert venture.state == State.SHOWN


def test_closing_with_everything_paid_and_nothing_spent_is_refused_with_the_balance(client, world):
    venture = evaluated(world, "10000.00")
    pay(world, venture, 3)
    ventures_actions.waive_showcase(venture, by=world.manager, reason="演示")
    client.force_login(world.manager)
    answer = client.post(reverse("desk_venture_close", args=[venture.pk]))
    assert answer.status_code == 409
    assert "结余 10,000.00 元" in answer.content.decode()
    venture.refresh_from_db()
    assert venture.state == State.SHOWN


def test_a_terminated_venture_owes_until_it_has_paid_back(client, world):
    venture = in_delivery(world, "10000.00")
    ventures_actions.terminate(venture, by=world.manager, reason="负责人离职,无法继续")
    client.force_login(world.manager)
    claim = reverse("desk_venture_claim", args=[venture.pk])
    assert client.post(claim, {"amount": "5000.01", "reason": "未支出"}).status_code == 422
    assert client.post(claim, {"amount": "5000.00", "reason": "未支出"}).status_code == 302
    assert client.post(reverse("desk_venture_settle", args=[venture.pk])).status_code == 409
    client.force_login(world.finance)
    back = reverse("desk_venture_recovery", args=[venture.pk])
    assert client.post(back, {"amount": "5000.00", "voucher_number": "ZH-1", "on": "2020-06-10"}).status_code == 302
    client.force_login(world.manager)
    assert client.post(reverse("desk_venture_settle", args=[venture.pk])).status_code == 302
    award = award_of(venture)
    assert (award.paid, award.recovered) == (Decimal("5000.00"), Decimal("5000.00"))


def test_the_organization_records_what_it_spent_but_not_more_than_it_got(client, world):
    venture = in_delivery(world, "10000.00")
    client.force_login(venture.applicant)
    url = reverse("apply_venture_expenses", args=[venture.pk])
    data = {"spent_on": "2020-06-09", "head": "活动费用", "summary": "场地", "voucher_number": "1"}
    assert client.post(url, {**data, "amount": "3000.00"}).status_code == 302
    answer = client.post(url, {**data, "amount": "2000.01", "summary": "一句不能丢的话"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "2,000.01" in body and "5,000.00" in body and "一句不能丢的话" in body


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.MANAGER, Role.SUPERVISOR, Role.EXPERT, Role.OPERATOR, Role.APPLICANT]
)
def test_only_finance_pays(client, world, role):
    venture = signed(world)
    client.force_login(a_user(role))
    answer = client.post(
        reverse("desk_tranche_pay", args=[tranche_of(venture, 1).pk]), {"voucher_number": "X", "on": "2020-06-10"}
    )
    assert answer.status_code == 403
    assert award_of(venture).paid == 0


@pytest.mark.django_db(transaction=True)
def test_of_20_who_pay_one_tranche_over_http_one_wins_and_19_are_told():
    world = make_world()
    venture = signed(world)
    url = reverse("desk_tranche_pay", args=[tranche_of(venture, 1).pk])
    start = Barrier(20)

    def post(n):
        try:
            client = Client()
            client.force_login(world.finance)
            start.wait(timeout=DEADLINE)
            with clock.at(NOW):
                answer = client.post(url, {"voucher_number": f"PZ-{n}", "on": "2020-06-10"})
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(post, range(20))) == {302: 1, 409: 19}
    assert award_of(venture).paid == tranche_of(venture, 1).amount
    assert LedgerEntry.objects.get().on == date(2020, 6, 10)


def test_finance_sees_what_is_due_and_what_was_paid_by_round(client, world):
    first, second = signed(world), signed(world)
    pay(world, first, 1)
    client.force_login(world.finance)
    page = client.get(reverse("desk_payments"))
    line = page.context["by_round"].rows[0]
    assert (line.awarded, line.paid) == (Decimal("20000.02"), Decimal("5000.01"))
    assert (line.due, line.waiting) == (Decimal("5000.01"), Decimal("10000.00"))
    made = client.get(reverse("desk_payments_made"), {"round": world.round.pk}).content.decode()
    assert first.number in made and f"PZ-{first.pk}-1" in made and second.number not in made
    assert client.get(reverse("desk_payments_made"), {"round": 987654}).status_code == 404


def test_the_whole_account_is_shown_to_who_pays_and_the_log_knows_it(client, world):
    venture = signed(world)
    Organization.objects.filter(pk=venture.organization_id).update(bank_account="6222000011112222")
    client.force_login(world.finance)
    url = reverse("desk_tranche_pay", args=[tranche_of(venture, 1).pk])
    assert "6222000011112222" not in client.get(url).content.decode()
    assert not AccessEntry.objects.filter(kind=AccessKind.ACCOUNT_SHOWN).exists()
    assert "6222000011112222" in client.get(url, {"account": "whole"}).content.decode()
    assert AccessEntry.objects.get(kind=AccessKind.ACCOUNT_SHOWN).by_id == world.finance.pk
