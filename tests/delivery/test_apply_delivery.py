"""The applicant's pages of a funded venture: activities, reports, rectification."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from delivery.models import Activity, Report
from tests.factories import (
    a_venture,
)
from tests.web.filling import submit
from ventures.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered(applicant):
    return a_venture(State.IN_DELIVERY, organization=applicant.organization)


def activity(**changes):
    return {"held_on": "2020-07-01", "topic": "邻里议事会", "attendance": "42", "volunteers": "", **changes}


def test_an_activity_is_recorded_and_counted(client, delivered):
    url = reverse("apply_activities", args=[delivered.pk])
    assert client.post(url, activity()).status_code == 302
    body = client.get(url).content.decode()
    assert "邻里议事会" in body and "<strong>42</strong> / 600" in body


def test_an_activity_is_taken_back_by_a_counter_entry_and_neither_is_counted(client, delivered):
    url = reverse("apply_activities", args=[delivered.pk])
    client.post(url, activity(attendance="420"))
    wrong = Activity.objects.get()
    back = reverse("apply_activity_reverse", args=[wrong.pk])
    assert client.post(back, {"reason": ""}).status_code == 422
    page = client.post(back, {"reason": "人次误录"}, follow=True).content.decode()
    assert "<s>邻里议事会</s>" in page and "人次误录" in page and "<strong>0</strong> / 600" in page
    assert client.post(back, {"reason": "再冲"}).status_code == 409
    client.post(url, activity(attendance="42"))
    assert "<strong>42</strong> / 600" in client.get(url).content.decode()
    assert Activity.objects.count() == 3 and Activity.objects.counted().count() == 1
    shown = client.get(reverse("apply_venture", args=[delivered.pk]), {"tab": "delivery"}).content.decode()
    assert "人次误录" in shown and "1 / 12" in shown


def test_an_activity_in_the_future_is_refused_at_the_field(client, delivered):
    answer = client.post(reverse("apply_activities", args=[delivered.pk]), activity(held_on="2099-01-01"))
    body = answer.content.decode()
    assert answer.status_code == 422 and "2099-01-01" in body and "邻里议事会" in body
    assert not Activity.objects.exists()


def test_an_activity_of_a_draft_is_refused(client, draft):
    answer = client.post(reverse("apply_activities", args=[draft.pk]), activity())
    assert answer.status_code == 409 and "邻里议事会" in answer.content.decode()


def test_the_midterm_report_is_handed_in_once(client, delivered):
    url = reverse("apply_midterm", args=[delivered.pk])
    data = {"progress": "计划 12 场，完成 6 场。", "beneficiaries": "120", "satisfaction": "96.5"}
    assert client.post(url, data).status_code == 302
    delivered.refresh_from_db()
    assert delivered.state == State.MID_TERM and Report.objects.get().satisfaction == Decimal("96.50")
    answer = client.post(url, data)
    assert answer.status_code == 409 and "计划 12 场，完成 6 场。" in answer.content.decode()
    assert Report.objects.count() == 1


def test_a_final_report_before_the_midterm_is_passed_is_refused(client, delivered):
    answer = client.post(reverse("apply_final", args=[delivered.pk]), {"progress": "全部完成。"})
    assert answer.status_code == 409 and "全部完成。" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_rectification_shows_what_must_be_put_right(client, applicant):
    venture = a_venture(State.RECTIFYING, organization=applicant.organization)
    Report.objects.create(
        venture=venture, kind="mid_term", progress="三场", verdict="failed", assessment="补齐签到表。",
        rectify_by=date(2031, 8, 9),
    )  # fmt: skip
    url = reverse("apply_rectification", args=[venture.pk])
    body = client.get(url).content.decode()
    assert "补齐签到表。" in body and "2031年8月9日" in body
    assert client.post(url, {"progress": "已补齐。"}).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.MID_TERM


def test_a_report_that_is_not_due_leads_back_to_the_venture(client, draft):
    answer = client.get(reverse("apply_midterm", args=[draft.pk]))
    assert answer.headers["location"] == reverse("apply_venture", args=[draft.pk])


def test_the_venture_page_offers_what_is_open_now(client, draft, delivered):
    body = client.get(reverse("apply_venture", args=[draft.pk])).content.decode()
    assert reverse("apply_form", args=[draft.pk]) in body
    body = client.get(reverse("apply_venture", args=[delivered.pk])).content.decode()
    assert (
        reverse("apply_midterm", args=[delivered.pk]) in body
        and reverse("apply_activities", args=[delivered.pk]) in body
    )
    submit(client, draft)
    assert (
        reverse("apply_withdraw", args=[draft.pk])
        in client.get(reverse("apply_venture", args=[draft.pk])).content.decode()
    )
