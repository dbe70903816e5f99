"""The applicant's pages: organization, application by steps, submission and its refusals."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from common.clock import at, now
from common.machine.door import move
from delivery.models import Report
from organizations.models import Membership, Organization
from tests.factories import (
    a_credit_code,
    a_place,
    a_round,
    a_user,
    a_venture,
    an_organization,
    moment,
)
from tests.web.filling import a_colleague, autosave, open_page, post_step, submit, version_of, with_rows
from tests.web.filling import step_url as step
from ventures import actions
from ventures.actions import save_draft
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.django_db


CELLS = ("head", "detail", "unit_price", "quantity", "from_own")


def send_budget(client, venture, *rows):
    """`(head, detail, unit price, quantity, self-raised)` as the budget's page sends them."""
    page = open_page(client, venture, "budget")
    sent = with_rows(page, "budget", *(dict(zip(CELLS, row, strict=True)) for row in rows))
    return client.post(step(venture, "budget"), sent)


def organization_data(**changes):
    return {
        "name": "演示·邻里互助社",
        "credit_code": "51330482MJA000016T",
        "management": "territorial",
        "service": "social_work",
        "place": a_place().pk,
        "party_form": "joint",
        "party_members": "3",
        "phone": "0573-85013072",
        **changes,
    }


# --- Who may see it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in Role if r != Role.APPLICANT])
def test_only_applicants_have_this_desk(client, role):
    client.force_login(a_user(role))
    assert client.get(reverse("apply_home")).status_code == 403


def test_visitors_are_sent_to_log_in(client):
    assert client.get(reverse("apply_home")).headers["location"].startswith(reverse("login"))


@pytest.mark.parametrize(
    "name", ["apply_venture", "apply_form", "apply_print", "apply_activities", "apply_midterm", "apply_final"]
)
def test_another_organizations_venture_does_not_exist_for_me(client, applicant, name):
    venture = a_venture(State.IN_DELIVERY)
    assert client.get(reverse(name, args=[venture.pk])).status_code == 404


@pytest.mark.parametrize("name", ["apply_submit", "apply_resubmit", "apply_withdraw"])
def test_verbs_on_another_organizations_venture_are_404_too(client, applicant, name):
    assert client.post(reverse(name, args=[a_venture().pk]), {"version": 0}).status_code == 404


def test_a_reader_of_the_organization_sees_the_draft_and_may_not_edit_it(client, draft):
    reader = a_user()
    Membership.objects.create(user=reader, organization=draft.organization, part="reader")
    client.force_login(reader)
    assert client.get(reverse("apply_venture", args=[draft.pk])).status_code == 200
    assert client.get(step(draft, "basic")).status_code == 403
    assert submit(client, draft).status_code == 403


@pytest.mark.parametrize("name", ["apply_submit", "apply_resubmit", "apply_withdraw"])
def test_verbs_are_post_only(client, draft, name):
    assert client.get(reverse(name, args=[draft.pk])).status_code == 405


# --- Organizations ----------------------------------------------------------------------------------------------------


def test_an_organization_is_registered_with_a_code_typed_in_full_width(client):
    client.force_login(a_user())
    answer = client.post(
        reverse("apply_organization_new"), organization_data(credit_code=" 51330482mja000016t")
    )  # fmt: skip
    assert answer.status_code == 302
    assert Organization.objects.get().credit_code == "51330482MJA000016T"


def test_a_wrong_check_digit_is_told_at_the_field_with_the_right_one(client, applicant):
    answer = client.post(reverse("apply_organization_new"), organization_data(credit_code="51330482MJA000016X"))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "51330482MJA000016X" in body and "应为 T" in body and "演示·邻里互助社" in body
    assert not Organization.objects.filter(name="演示·邻里互助社").exists()


def test_a_code_that_is_registered_already_is_told_at_the_field(client, applicant):
    code = an_organization(credit_code=a_credit_code(777), members=[a_user()]).credit_code
    answer = client.post(reverse("apply_organization_new"), organization_data(credit_code=code))
    assert answer.status_code == 422 and f"{code} 已登记" in answer.content.decode()


def test_an_organization_is_edited_by_its_own_people_only(client, applicant):
    own = reverse("apply_organization", args=[applicant.organization.pk])
    data = organization_data(credit_code=applicant.organization.credit_code, address="演示路 1 号")
    assert client.post(own, data).status_code == 302
    applicant.organization.refresh_from_db()
    assert applicant.organization.address == "演示路 1 号"
    assert client.get(reverse("apply_organization", args=[an_organization().pk])).status_code == 404


# --- The desk ---------------------------------------------------------------------------------------------------------


def test_a_newcomer_is_told_to_register_the_organization_first(client):
    client.force_login(a_user())
    body = client.get(reverse("apply_home")).content.decode()
    assert "请先登记申报单位" in body and reverse("apply_organization_new") in body


def test_the_desk_says_what_waits_with_reason_and_due_date(client, applicant):
    venture = a_venture(State.SUBMITTED, organization=applicant.organization)
    asked = {"plan": "请补充 7 月场次。", "summary": ""}
    correction = actions.return_for_correction(venture, by=a_user(Role.CLERK), fields=asked, reason="两处。")
    failed = a_venture(State.MID_TERM, organization=applicant.organization)
    move(failed, "order_rectification", by=a_user(Role.CLERK), note="补齐签到表。", due_on=date(2031, 8, 9))
    Report.objects.create(venture=failed, kind="mid_term", progress="三场", verdict="failed", assessment="补齐签到表。")
    body = client.get(reverse("apply_home")).content.decode()
    assert "请补充 7 月场次。" in body and "两处。" in body and str(correction.due_on) in body
    assert "补齐签到表。" in body and "2031-08-09" in body


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_the_same_queries_however_much_there_is(client, applicant, rows, django_assert_num_queries):
    for state in (State.DRAFT, State.RETURNED, State.IN_DELIVERY, State.RECTIFYING, State.ON_NOTICE):
        for _ in range(rows):
            a_venture(state, organization=applicant.organization)
    # Session, user; what waits, and why; ventures, memberships, rounds; what is due; twice Django's permissions for the bar.
    with django_assert_num_queries(13):
        client.get(reverse("apply_home"))


# --- Filling in -------------------------------------------------------------------------------------------------------


def test_an_application_is_started_in_an_open_round(client, applicant):
    round_ = a_round()
    data = {"organization": applicant.organization.pk, "title": "《乡音相伴——新居民服务项目》"}
    answer = client.post(reverse("apply_start", args=[round_.pk]), data)
    venture = Venture.objects.get(round=round_)
    assert answer.headers["location"] == step(venture, "basic")
    assert venture.title == "乡音相伴——新居民服务项目"


def test_an_application_to_a_closed_call_is_refused_and_the_title_stays(client, applicant):
    round_ = a_round(closes_at=now() - timedelta(days=1))
    data = {"organization": applicant.organization.pk, "title": "迟到的项目"}
    answer = client.post(reverse("apply_start", args=[round_.pk]), data)
    assert answer.status_code == 409 and "迟到的项目" in answer.content.decode()
    assert not Venture.objects.exists()


def test_another_organization_can_not_be_applied_for(client, applicant):
    data = {"organization": an_organization().pk, "title": "冒名"}
    assert client.post(reverse("apply_start", args=[a_round().pk]), data).status_code == 422


def test_a_draft_is_saved_incomplete(client, draft):
    answer = post_step(
        client, draft, "basic", {"title": "只有名称", "category": "", "beneficiaries": "", "starts_on": "", "stay": "1"}
    )
    assert answer.headers["location"] == step(draft, "basic")
    draft.refresh_from_db()
    assert (draft.title, draft.category, draft.beneficiaries, draft.starts_on) == ("只有名称", None, 0, None)
    body = client.get(step(draft, "basic")).content.decode()
    assert "本节待完善" in body and "项目类别" in body


def test_numbers_typed_in_full_width_are_understood(client, draft):
    data = {"title": "甲", "beneficiaries": "1,200", "phone": "13800138000"}
    assert post_step(client, draft, "basic", data).status_code == 302
    draft.refresh_from_db()
    assert (draft.beneficiaries, draft.phone) == (1200, "13800138000")


def test_what_is_no_number_is_refused_at_the_field_and_nothing_typed_is_lost(client, draft):
    answer = post_step(client, draft, "basic", {"title": "新名称", "beneficiaries": "很多人"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="很多人"' in body and 'value="新名称"' in body and "field-error" in body


def test_words_that_are_too_long_are_kept_and_told(client, draft):
    assert post_step(client, draft, "narrative", {"summary": "长" * 501}).status_code == 302
    draft.application.refresh_from_db()
    assert len(draft.application.summary) == 501
    assert "501" in client.get(step(draft, "narrative")).content.decode()


def test_the_budget_is_computed_on_the_server(client, draft):
    rows = (
        ("活动费用", "活动", "1500", "12", "3,000"),
        ("管理费", "管理费", "1500.50", "", ""),
        ("其他费用", "", "", "", ""),
    )
    assert send_budget(client, draft, *rows).status_code == 302
    draft.refresh_from_db()
    assert (draft.total_budget, draft.requested, draft.self_raised) == (
        Decimal("19500.50"), Decimal("16500.50"), Decimal("3000.00"),
    )  # fmt: skip
    stored = [(b.head, b.amount, b.from_grant, b.from_own) for b in draft.budget_lines.all()]
    assert stored == [
        ("活动费用", Decimal("18000.00"), Decimal("15000.00"), Decimal("3000.00")),
        ("管理费", Decimal("1500.50"), Decimal("1500.50"), Decimal("0.00")),
    ]


def test_a_bad_cell_is_told_at_the_cell_and_the_other_cells_stay(client, draft):
    rows = (("活动费用", "活动场地", "12元", "2", ""), ("其他费用", "保险", "300", "1", "400"))
    answer = send_budget(client, draft, *rows)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12元"' in body and "活动场地" in body and "自筹 400.00 元，超过本行金额 300.00 元" in body
    assert draft.budget_lines.count() == 2  # as before


def test_a_submitted_application_can_not_be_edited(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    submit(client, draft)
    assert client.get(step(draft, "narrative")).headers["location"] == reverse("apply_venture", args=[draft.pk])
    answer = client.post(step(draft, "narrative"), page | {"summary": "改一改"})
    assert answer.status_code == 409 and "改一改" in answer.content.decode()
    told = autosave(client, applicant, draft, "narrative", page, {"summary": "改一改"})
    assert told.status_code == 409 and "不能修改" in told.json()["problem"]


# --- Entered by staff ---------------------------------------------------------------------------------------------------


def test_staff_fill_in_and_submit_what_they_enter_for_an_applicant(client, applicant):
    clerk = a_user(Role.CLERK)
    venture = a_venture(organization=applicant.organization, entered_by=clerk)
    client.force_login(clerk)
    assert post_step(client, venture, "narrative", {"summary": "代录的简介"}).status_code == 302
    assert submit(client, venture).headers["location"] == reverse("desk_venture", args=[venture.pk])
    own = a_venture(organization=applicant.organization)
    assert client.get(step(own, "narrative")).status_code == 404  # the applicant's own draft


# --- Submitting -------------------------------------------------------------------------------------------------------


def test_a_complete_application_is_submitted_and_numbered(client, draft):
    assert submit(client, draft).headers["location"] == reverse("apply_venture", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED and draft.number.endswith("-001")


def test_a_late_submission_is_refused_with_the_deadline_and_the_draft_is_kept(client, applicant):
    with at(moment("2020-06-30 12:00")):
        round_ = a_round(closes_at=moment("2020-07-01 00:00"), opens_at=moment("2020-06-01 00:00"))
        venture = a_venture(organization=applicant.organization, round=round_)
    with at(moment("2020-07-01 00:01")):
        client.force_login(applicant)
        answer = submit(client, venture)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "2020-06-30 24:00" in body and "草稿" in body
    venture.refresh_from_db()
    assert venture.state == State.DRAFT and venture.application.summary == "演示文字。"


def test_an_application_is_accepted_until_the_last_minute(client, applicant):
    with at(moment("2020-06-30 12:00")):
        round_ = a_round(closes_at=moment("2020-07-01 00:00"), opens_at=moment("2020-06-01 00:00"))
        venture = a_venture(organization=applicant.organization, round=round_)
    with at(moment("2020-07-01 00:00")):
        client.force_login(applicant)
        assert submit(client, venture).status_code == 302


def test_a_management_fee_over_its_cap_is_refused_with_rule_and_number(client, draft):
    rows = (("活动费用", "活动", "44800", "1", ""), ("管理费", "管理费", "5200", "1", ""))
    assert send_budget(client, draft, *rows).status_code == 302
    answer = submit(client, draft)
    body = answer.content.decode()
    assert answer.status_code == 422
    for part in ("管理费", "5,200.00 元", "10.4%", "10%", "200.00 元"):
        assert part in body
    assert step(draft, "budget") in body
    draft.refresh_from_db()
    assert draft.state == State.DRAFT and draft.requested == Decimal("50000.00")
    assert draft.budget_lines.filter(head="管理费").get().amount == Decimal("5200.00")


def test_an_undeclared_application_is_refused(client, draft):
    answer = submit(client, draft, declared="")
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_more_than_the_limit_per_organization_is_refused(client, draft):
    a_venture(State.SUBMITTED, organization=draft.organization, round=draft.round)
    answer = submit(client, draft)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert draft.round.name in body and "1" in body and "提交" in body
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_submission_from_an_older_page_is_refused(client, applicant, draft):
    version = version_of(draft)
    save_draft(draft, by=a_colleague(draft), values={"summary": "同事改过"})
    answer = submit(client, draft, version=version)
    assert answer.status_code == 409 and "张三" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_draft_can_not_be_resubmitted_by_its_address(client, draft):
    answer = client.post(reverse("apply_resubmit", args=[draft.pk]), {"version": 0, "declared": "on"})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_submitted_application_is_withdrawn_before_the_deadline_only(client, applicant, draft):
    submit(client, draft)
    with at(draft.round.closes_at + timedelta(minutes=1)):
        client.force_login(applicant)
        answer = client.post(reverse("apply_withdraw", args=[draft.pk]))
    assert answer.status_code == 409
    client.force_login(applicant)
    assert client.post(reverse("apply_withdraw", args=[draft.pk])).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_returned_application_shows_the_reason_and_is_submitted_again(client, applicant, draft):
    submit(client, draft)
    draft.refresh_from_db()
    actions.return_for_correction(draft, by=a_user(Role.CLERK), fields={"plan": "请补充进度表。"})
    draft.refresh_from_db()
    due = draft.correction_due_on
    body = client.get(step(draft, "preview")).content.decode()
    save_draft(draft, by=applicant, values={"plan": "已补充进度表。"})
    assert "请补充进度表。" in body and f"{due.year}年{due.month}月{due.day}日" in body and "重新提交" in body
    data = {"version": version_of(draft), "declared": "on"}
    assert client.post(reverse("apply_resubmit", args=[draft.pk]), data).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_the_printed_form_carries_a_check_code_that_changes_with_the_words(client, applicant, draft):
    url = reverse("apply_print", args=[draft.pk])
    before = client.get(url)
    assert draft.title in before.content.decode() and "伍万元整" in before.content.decode()
    save_draft(draft, by=applicant, values={"summary": "改了"})
    assert client.get(url).context["fingerprint"] != before.context["fingerprint"]
