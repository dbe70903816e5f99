"""What a round asks: questions of all kinds, tables; and which of it is open again after a return."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.factories import a_user
from tests.web.filling import open_page, post_step, submit, with_rows
from tests.web.filling import step_url as step
from ventures import actions
from ventures.application.views import preview

pytestmark = pytest.mark.django_db


# --- Extra questions ---------------------------------------------------------------------------------------------------


def test_answers_of_all_kinds_are_stored_as_they_mean(client, asked):
    q = asked.q
    given = {q["yes_no"]: "yes", q["text"]: "演示单位", q["number"]: "1,200", q["money"]: "1,200.5",
             q["date"]: "2019-05-01", q["choice"]: "入户", q["choices"]: ["新居民", "老年人"], q["paragraph"]: "分工"}  # fmt: skip
    assert post_step(client, asked.venture, "more", given).status_code == 302
    stored = {a.question.kind: a.value for a in asked.venture.answers.all()}
    assert stored == {
        "yes_no": "yes", "text": "演示单位", "number": "1200", "money": "1200.50", "date": "2019-05-01",
        "choice": "入户", "choices": ["老年人", "新居民"], "paragraph": "分工",
    }  # fmt: skip
    page = open_page(client, asked.venture, "more")
    assert page[q["choices"]] == ["老年人", "新居民"] and page[q["number"]] == "1200"
    assert client.post(step(asked.venture, "more"), page).status_code == 302  # sent as it is, it says the same


def test_a_question_that_is_not_put_is_hidden_and_not_required_and_its_answer_is_kept(client, asked):
    q = asked.q
    post_step(client, asked.venture, "more", {q["yes_no"]: "yes", q["text"]: "演示单位"})
    post_step(client, asked.venture, "more", {q["yes_no"]: "no"})
    body = client.get(step(asked.venture, "more")).content.decode()
    assert re.search(rf'id="f-{q["text"]}"[^>]* hidden', body) and 'value="演示单位"' in body
    assert "请填写“联合申报分工”" not in body and "请填写“项目覆盖村社区数”" in body
    assert "演示单位" not in client.get(step(asked.venture, "preview")).content.decode()


def test_what_is_no_option_is_refused_at_the_question(client, asked):
    answer = post_step(client, asked.venture, "more", {asked.q["choice"]: "飞行", asked.q["number"]: "三"})
    assert answer.status_code == 422 and "飞行" in answer.content.decode()
    assert not asked.venture.answers.filter(question__kind="choice").exists()


def test_rows_of_all_tables_are_stored_in_their_order(client, asked):
    team = with_rows(open_page(client, asked.venture, "team"), "team", {"name": "乙"}, {"name": ""}, {"name": "甲"})
    assert client.post(step(asked.venture, "team"), team).status_code == 302
    assert list(asked.venture.team.values_list("ordinal", "name")) == [(1, "乙"), (2, "甲")]
    plan = with_rows(
        open_page(client, asked.venture, "schedule"), "schedule",
        {"starts_on": "2026-05-01", "ends_on": "", "activity": "走访", "sessions": "2", "attendance": ""},
    )  # fmt: skip
    assert client.post(step(asked.venture, "schedule"), plan).status_code == 302
    line = asked.venture.schedule.get()
    assert (str(line.starts_on), str(line.ends_on), line.sessions, line.attendance) == (
        "2026-05-01",
        "2026-05-01",
        2,
        0,
    )


def test_a_line_of_the_schedule_without_a_day_is_stored_and_told_as_missing(client, asked):
    """The lines are often written before their days are known; none of it may live in one browser only."""
    lines = ({"activity": "走访"}, {"starts_on": "2026-05-01", "activity": "义诊"})
    undated = with_rows(open_page(client, asked.venture, "schedule"), "schedule", *lines)
    assert client.post(step(asked.venture, "schedule"), undated).status_code == 302
    assert [(s.starts_on, s.activity) for s in asked.venture.schedule.all()] == [
        (None, "走访"),
        (date(2026, 5, 1), "义诊"),
    ]
    body = client.get(step(asked.venture, "preview")).content.decode()
    assert "第 1 行：请填写“开始日期”" in body and "第 2 行：请填写“开始日期”" not in body
    assert client.get(reverse("apply_pdf", args=[asked.venture.pk])).content.startswith(b"%PDF")
    assert client.get(reverse("apply_table_out", args=[asked.venture.pk, "schedule"])).status_code == 200


def test_a_step_of_a_round_is_shown_without_a_venture(asked, rf):
    manager = a_user(Role.MANAGER)
    for slug in ("basic", "team", "narrative", "indicators", "schedule", "budget", "more"):
        request = rf.get("/")
        request.user, request.LANGUAGE_CODE = manager, "zh-hans"
        body = preview(request, asked.round, slug).content.decode()
        assert "示例项目" in body and "data-url" not in body and "保存并下一步" not in body


# --- Returned ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def returned(client, draft):
    submit(client, draft)
    draft.refresh_from_db()
    actions.return_for_correction(
        draft, by=a_user(Role.CLERK), fields={"summary": "请写明服务人数。", "budget": "请补充依据。"}
    )
    draft.refresh_from_db()
    return draft


def test_a_returned_application_opens_its_pinned_fields_only(client, returned):
    page = open_page(client, returned, "narrative")
    assert [k for k in page if k.startswith("base_digest-")] == ["base_digest-summary"]
    body = client.get(step(returned, "narrative")).content.decode()
    assert "请写明服务人数。" in body and step(returned, "budget") + "#f-budget" in body
    assert re.search(r'<textarea name="needs"[^>]*disabled', body)
    assert (
        client.post(step(returned, "narrative"), page | {"summary": "服务 200 人。", "needs": "偷改"}).status_code
        == 302
    )
    returned.application.refresh_from_db()
    assert (returned.application.summary, returned.application.needs) == ("服务 200 人。", "演示文字。")


def test_what_is_typed_into_a_field_that_has_been_closed_meanwhile_is_told_and_stays(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    submit(client, draft)
    draft.refresh_from_db()
    actions.return_for_correction(draft, by=a_user(Role.CLERK), fields={"summary": ""})
    answer = client.post(step(draft, "narrative"), page | {"summary": "新的简介", "needs": "晚了一步"})
    body = answer.content.decode()
    assert answer.status_code == 422 and "晚了一步" in body and "不在本次补正范围内" in body
    draft.application.refresh_from_db()
    assert (draft.application.summary, draft.application.needs) == ("新的简介", "演示文字。")
