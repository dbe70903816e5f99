"""Ordering, watching and fetching summaries, over HTTP."""

import hashlib

import pytest
from django.urls import reverse

from accounts.models import Role
from common.models import Job
from common.work.jobs import wait_for
from reports.models import Workbook
from rounds.states import RoundState
from tests.factories import a_place, a_platform, a_round, a_user
from tests.waiting import DEADLINE

ORDER = {"as_of": "2020-12-31", "sheets": ["projects", "money"]}


def order(client, round_, platform=None, **more):
    return client.post(
        reverse("desk_reports"),
        {"audience": "office", **ORDER, "round": round_.pk, "platform": (platform or round_.platform).pk, **more},
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_a_clerk_orders_a_summary_watches_it_and_downloads_it():
    from django.test import Client

    client = Client()
    round_ = a_round(RoundState.IN_DELIVERY)
    client.force_login(a_user(Role.CLERK))
    answer = order(client, round_)
    assert answer.status_code == 302, answer.content.decode()
    assert "hx-get" in client.get(reverse("desk_reports_list")).content.decode()
    wait_for([Job.objects.get()], timeout=DEADLINE)
    workbook = Workbook.objects.get()
    page = client.get(reverse("desk_reports_list")).content.decode()
    assert workbook.name in page and "hx-get" not in page
    got = client.get(reverse("desk_report_download", args=[workbook.pk]))
    body = b"".join(got.streaming_content)
    assert hashlib.sha256(body).hexdigest() == workbook.sha256
    assert got["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_a_day_in_the_future_is_refused_at_the_field(client):
    client.force_login(a_user(Role.CLERK))
    answer = order(client, a_round(RoundState.IN_DELIVERY), as_of="2999-01-01")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "2999-01-01" in body and 'value="2999-01-01"' in body
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_an_operator_orders_for_the_own_platform_only(client):
    operator = a_user(Role.OPERATOR)
    round_ = a_round(RoundState.IN_DELIVERY)
    town = a_platform(name="林埭镇平台", tier="town", place=a_place(), parent=round_.platform)
    town.operators.add(operator)
    client.force_login(operator)
    assert order(client, round_, town).status_code == 302
    assert order(client, round_, round_.platform).status_code == 422
    assert Job.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [(Role.APPLICANT, 403), (Role.EXPERT, 403), (Role.SUPERVISOR, 403)])
def test_who_may_not_order(client, role, status):
    client.force_login(a_user(role))
    round_ = a_round(RoundState.IN_DELIVERY)
    assert order(client, round_).status_code == status
    assert not Job.objects.exists()
