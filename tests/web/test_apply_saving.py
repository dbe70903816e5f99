"""Saving an application while it is written: two people, a script that saves by itself, what is told field by field."""

from decimal import Decimal
from functools import partial

import pytest

from common.limits import take
from common.limits.of_the_site import UPLOADS
from organizations.models import Membership
from tests.factories import an_applicant
from tests.web.filling import a_colleague, autosave, form_data, open_page, post_step, submit, with_rows
from tests.web.filling import step_url as step
from ventures.actions import save_draft
from ventures.application.content import digest

pytestmark = pytest.mark.django_db


def test_two_texts_are_shown_and_nothing_is_overwritten_until_one_is_chosen(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    save_draft(draft, by=a_colleague(draft), values={"summary": "同事写的"})
    answer = client.post(step(draft, "narrative"), page | {"summary": "我写的一大段", "needs": "也改了这里"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "我写的一大段" in body and "同事写的" in body and "张三" in body
    draft.application.refresh_from_db()
    assert (draft.application.summary, draft.application.needs) == ("同事写的", "也改了这里")
    # The page that shows both, sent again without a choice, shows both again.
    again = form_data(body)
    assert client.post(step(draft, "narrative"), again).status_code == 409
    draft.application.refresh_from_db()
    assert draft.application.summary == "同事写的"
    assert client.post(step(draft, "narrative"), again | {"mine": "summary"}).status_code == 302
    draft.application.refresh_from_db()
    assert draft.application.summary == "我写的一大段"


def test_who_takes_the_other_text_keeps_it(client, draft):
    page = open_page(client, draft, "narrative")
    save_draft(draft, by=a_colleague(draft), values={"summary": "同事写的"})
    shown = form_data(client.post(step(draft, "narrative"), page | {"summary": "我写的"}).content.decode())
    assert client.post(step(draft, "narrative"), shown | {"theirs": "summary"}).status_code == 302
    draft.application.refresh_from_db()
    assert draft.application.summary == "同事写的"


def test_a_third_text_is_shown_before_mine_replaces_it(client, draft):
    page, colleague = open_page(client, draft, "narrative"), a_colleague(draft)
    save_draft(draft, by=colleague, values={"summary": "第二稿"})
    shown = form_data(client.post(step(draft, "narrative"), page | {"summary": "我写的"}).content.decode())
    save_draft(draft, by=colleague, values={"summary": "第三稿"})
    answer = client.post(step(draft, "narrative"), shown | {"mine": "summary"})
    assert answer.status_code == 409 and "第三稿" in answer.content.decode()
    draft.application.refresh_from_db()
    assert draft.application.summary == "第三稿"


def test_both_tables_are_shown_when_two_have_changed_one(client, draft):
    page = open_page(client, draft, "budget")
    mine = with_rows(page, "budget", {"head": "其他费用", "detail": "保险", "unit_price": "300", "quantity": "1"})
    save_draft(draft, by=a_colleague(draft), values={"budget": []})
    line = {"head": "活动费用", "detail": "讲座", "unit_price": Decimal(500), "quantity": Decimal(2)}
    amounts = {"amount": Decimal(1000), "from_grant": Decimal(1000), "from_own": Decimal(0)}
    save_draft(draft, by=a_colleague(draft), values={"budget": [line | amounts]})
    answer = client.post(step(draft, "budget"), mine)
    body = answer.content.decode()
    assert answer.status_code == 409 and "保险" in body and "讲座" in body
    assert [b.detail for b in draft.budget_lines.all()] == ["讲座"]


def test_one_bad_field_keeps_the_others_from_nothing(client, draft):
    answer = post_step(client, draft, "basic", {"title": "新名称", "beneficiaries": "很多人", "leader": "新负责人"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert (draft.title, draft.leader, draft.beneficiaries) == ("新名称", "新负责人", 200)


def test_autosave_stores_what_was_touched_and_answers_field_by_field(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    told = autosave(client, applicant, draft, "narrative", page, {"summary": "写到一半"}).json()
    draft.application.refresh_from_db()
    assert draft.application.summary == "写到一半" and draft.application.needs == "演示文字。"
    assert told["written"] == ["summary"] and told["version"] == draft.application.version
    assert told["base_digests"]["summary"] == digest("写到一半") and told["clashes"] == {}
    old = autosave(client, applicant, draft, "narrative", page, {"summary": "旧页面"}).json()
    assert "写到一半" in old["clashes"]["summary"]["html"] and "旧页面" in old["clashes"]["summary"]["html"]
    assert old["written"] == []


def test_autosave_renews_what_a_colleague_has_changed_and_nobody_touched_here(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    save_draft(draft, by=a_colleague(draft), values={"needs": "同事补充的需求"})
    told = autosave(client, applicant, draft, "narrative", page, {"summary": "写到一半"}).json()
    assert "同事补充的需求" in told["fresh"]["needs"]["html"] and told["fresh"]["needs"]["by"] == "张三"
    assert set(told["fresh"]) == {"needs"}


def test_autosave_tells_bad_cells_and_stores_the_fields_beside_them(client, applicant, draft):
    page = open_page(client, draft, "basic")
    told = autosave(client, applicant, draft, "basic", page, {"beneficiaries": "很多人", "leader": "新负责人"}).json()
    assert list(told["errors"]) == ["beneficiaries"] and told["written"] == ["leader"]
    page = open_page(client, draft, "budget")
    rows = [{"head": "其他费用", "detail": "保险", "unit_price": "三百"}]
    told = autosave(client, applicant, draft, "budget", page, {}, tables={"budget": rows}).json()
    assert [(c["row"], c["cell"]) for c in told["cells"]["budget"]] == [(0, "unit_price")]
    assert draft.budget_lines.count() == 2


def test_what_a_page_has_stored_itself_is_no_other_persons_text(client, applicant, draft):
    """The answer to a saving may be lost on the way: the next saving of the same page goes on from it."""
    page = open_page(client, draft, "narrative")
    save = partial(autosave, client, applicant, draft, "narrative", page)
    save({"summary": "写到一半"}, page="p1", sequence=1)
    assert save({"summary": "另一页"}, page="p2", sequence=2).json()["clashes"]
    assert save({"summary": "写完"}, page="p1", sequence=3).json()["written"] == ["summary"]
    # An older saving that comes late does not replace the newer one.
    late = save({"summary": "写到一半"}, page="p1", sequence=2).json()
    assert late["clashes"] and late["written"] == []


def test_autosave_for_somebody_who_is_logged_in_no_more_is_refused(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    colleague = a_colleague(draft)
    client.force_login(colleague)
    answer = autosave(client, applicant, draft, "narrative", page, {"summary": "用了别人的账号"})
    assert answer.status_code == 409 and colleague.name in answer.json()["problem"]
    draft.application.refresh_from_db()
    assert draft.application.summary == "演示文字。"


def test_who_may_no_longer_write_is_told_so_by_the_script(client, applicant, draft):
    page = open_page(client, draft, "narrative")
    Membership.objects.filter(user=applicant).update(part="reader")
    answer = autosave(client, applicant, draft, "narrative", page, {"summary": "已经没有权限"})
    assert answer.status_code == 403 and answer.json()["problem"]
    stranger, __ = an_applicant()
    client.force_login(stranger)
    assert autosave(client, stranger, draft, "narrative", page, {"summary": "陌生人"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_an_autosave_asks_the_same_queries_however_long_the_table_is(
    client, applicant, draft, rows, django_assert_num_queries
):
    page = open_page(client, draft, "budget")
    given = [{"head": "其他费用", "detail": f"保险{n}", "unit_price": "300"} for n in range(rows)]
    with django_assert_num_queries(QUERIES):
        told = autosave(client, applicant, draft, "budget", page, {}, tables={"budget": given}).json()
    assert told["written"] == ["budget"]


@pytest.mark.parametrize("rows", [1, 3])
def test_handing_in_asks_the_same_queries_however_long_the_budget_is(
    client, applicant, draft, rows, django_assert_num_queries
):
    line = {"head": "其他费用", "detail": "保险", "unit_price": Decimal(100), "quantity": Decimal(1)}
    amounts = {"amount": Decimal(100), "from_grant": Decimal(100), "from_own": Decimal(0)}
    save_draft(draft, by=applicant, values={"budget": [line | amounts] * rows})
    take(UPLOADS, account=applicant.pk)  # papers have been handed in before
    with django_assert_num_queries(HANDING_IN):
        assert submit(client, draft).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("slug", "queries"), [("basic", 16), ("budget", 14), ("more", 15), ("preview", 27)])
def test_a_step_asks_the_same_queries_however_long_its_table_is(
    client, asked, slug, queries, rows, django_assert_num_queries
):
    line = {"head": "其他费用", "detail": "保险", "unit_price": Decimal(1), "quantity": Decimal(1)}
    amounts = {"amount": Decimal(1), "from_grant": Decimal(1), "from_own": Decimal(0)}
    save_draft(asked.venture, by=asked.by, values={"budget": [line | amounts] * rows, "team": [{"name": "甲"}] * rows})
    with django_assert_num_queries(queries):
        client.get(step(asked.venture, slug))


# Session, user, membership; the venture; locking and writing; the form, the values and what is missing, once each.
QUERIES = 20
# In the last minute of a call hundreds do this at once: what one of them asks, all wait for. Five are asked before the scan
# is read: the venture, the membership, what is not submitted yet, and how many files came (twice).
HANDING_IN = 50
