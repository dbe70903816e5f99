"""A clerk sets up a round in the browser: from nothing, from a copy, through every card to the open call."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.machine.door import move
from rounds import actions as setup
from rounds.cards import CARDS, open_points
from rounds.models import EligibilityRule, FormSection, Question, Round, Series
from rounds.queries import stored
from rounds.states import RoundState
from tests.factories import OFFICE, a_place, a_round, moment
from tests.web.desk_world import body, signed_in

pytestmark = pytest.mark.usefixtures("in_march")


@pytest.fixture
def preparing(desk):
    return a_round(RoundState.PREPARING, platform=desk.platform)


def rows(*given: dict[str, Any], prefix: str = "row") -> dict[str, Any]:
    """A table as the page posts it."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-INITIAL_FORMS": "0"}
    for n, row in enumerate(given):
        sent |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return sent


def card(client: Client, round_: Round, slug: str, data: dict[str, Any] | None = None) -> Any:
    url = reverse("desk_round_card", args=[round_.pk, slug])
    return client.get(url) if data is None else client.post(url, data)


def a_plan(*tranches: dict[str, Any], sources: Any = (), has_mid_term: bool = True) -> dict[str, Any]:
    """The card of the money plan as the page posts it."""
    return {**rows(*tranches), **rows(*sources, prefix="source"), **({"has_mid_term": "on"} if has_mid_term else {})}


def base_digest(client: Client, round_: Round, slug: str) -> str:
    found = re.search(r'name="base_digest" value="(\w+)"', body(card(client, round_, slug)))
    assert found
    return found[1]


RUBRIC = rows({"label": "方案可行性", "weight": "60", "tie_break": "1"}, {"label": "团队能力", "weight": "40"})
SCORES = {
    "min_scores": "3", "trim_from": "5", "pass_mark": "60",
    **rows({"name": "合格", "lowest": "60", "passes": "on"}, {"name": "不合格", "lowest": "0"}, prefix="band"),
}  # fmt: skip
CALENDAR = {
    "opens_on": "2026-03-09", "opens_clock": "9:00", "closes_on": "2026-04-10", "closes_clock": "24:00",
    "correction_days": "5", "max_corrections": "1", "notice_days": "7", "notice_day_kind": "working",
    **rows(
        {"kind": "screening", "starts_on": "2026-04-13", "ends_on": "2026年4月24日"},
        {"kind": "review", "label": "现场答辩", "starts_on": "2026-05-06", "ends_on": "2026-05-06"}, {"kind": "closure"},
        prefix="phase",
    ),
}  # fmt: skip


# --- The whole way ---


@pytest.mark.engines
def test_a_clerk_makes_a_round_from_nothing_and_opens_it(desk):
    clerk = signed_in(desk.clerk)
    clerk.post(reverse("desk_series_new"), {"code": "gy", "name": "公益创投"})
    series = Series.objects.get(code="GY")
    answer = clerk.post(
        reverse("desk_round_new"),
        {"series": series.pk, "city": "平湖市", "platform": desk.platform.pk, "host": "平湖市民政局"},
    )
    row = Round.objects.get(series=series)
    assert answer["Location"] == reverse("desk_round_card", args=[row.pk, "basics"])
    assert "首届公益创投" in body(clerk.get(reverse("desk_rounds")))

    def fill(slug: str, data: dict[str, Any]) -> None:
        saved = card(clerk, row, slug, {**data, "base_digest": base_digest(clerk, row, slug), "next": "1"})
        assert saved.status_code == 302, body(saved)

    fill("basics", {"edition": "1", "year": "2026", "counted_by": "edition", "city": "平湖市", "platform": desk.platform.pk, "host": "平湖市民政局",
                    "organizer": "平湖市社会组织孵化平台", "co_organizer": "平湖市团市委", **OFFICE,
                    "introduction": "面向全市社会组织征集。"})  # fmt: skip
    fill("calendar", CALENDAR)
    fill("money", {"budget": "300,000", "cap": "3万"[:1] + "0000", "min_grant": "1000", "grant_tiers": "10000、30000",
                   "quota": "10", "max_per_organization": "1", "min_self_raised": "10%"})  # fmt: skip
    fill("budget", {**rows({"name": "专家费"}, {"name": "管理费", "code": "C9"}),
                    **rows({"heads": "管理费", "base": "grant", "most": "10%"}, prefix="rule")})  # fmt: skip
    fill("scope", {"places": [a_place().pk], **rows({"name": "助老"}, {"name": "助残"}, {"name": " "})})
    fill(
        "eligibility",
        rows(
            {"kind": "kinds", "options": ["51", "52"], "effect": "block"},
            {"kind": "years", "number": "1", "effect": "show"},
        ),
    )
    sections = [{"slug": s, "on": "on"} for s in ("basic", "narrative", "budget", "files")]
    fill("sections", rows(*sections, {"slug": "team"}, {"slug": "", "title": "补充情况"}))
    own = row.form_sections.get(slug="own-1")
    for label, extra in (("有无场地", {"kind": "yes_no"}), ("场地面积", {"kind": "number"})):
        first = Question.objects.filter(section=own).first()
        condition = {"condition": f"{first.pk}:yes"} if first else {}
        made = clerk.post(
            reverse("desk_round_question_new", args=[row.pk]), {"section": own.pk, "label": label, **extra, **condition}
        )
        assert made.status_code == 302, body(made)
    fill("papers", {"stamp_required": "on", **rows({"label": "登记证书", "required": "on", "max_files": "2"})})
    fill("checklist", rows({"label": "登记证书有效"}, {"label": "年检合格"}))
    assert "desk_round_open" and reverse("desk_round_open", args=[row.pk]) not in body(
        clerk.get(reverse("desk_round_setup", args=[row.pk]))
    )
    fill("rubric", {**SCORES, **RUBRIC})
    fill(
        "tranches",
        a_plan(
            {"label": "首期款", "percent": "50", "trigger": "agreement"},
            {"label": "尾款", "percent": "50", "trigger": "final"},
        ),
    )

    overview = body(clerk.get(reverse("desk_round_setup", args=[row.pk])))
    assert reverse("desk_round_open", args=[row.pk]) in overview
    assert Client().get(reverse("round", args=[row.pk])).status_code == 404
    assert clerk.post(reverse("desk_round_open", args=[row.pk])).status_code == 302
    public = body(Client().get(reverse("round", args=[row.pk])))
    for told in ("平湖市团市委", "林埭镇", "登记证书", "社会团体", "2026-04-10 24:00"):
        assert told in public, told
    row.refresh_from_db()
    assert row.closes_at == moment("2026-04-11 00:00") and row.grant_tiers == ["10000.00", "30000.00"]
    assert row.min_self_raised == 10 and row.budget == Decimal(300000)
    refused = card(clerk, row, "rubric", {**SCORES, **RUBRIC})
    assert refused.status_code == 409 and "规则已冻结" in body(refused)
    assert card(clerk, row, "rubric")["Location"] == reverse("desk_round", args=[row.pk])


def test_a_clerk_copies_the_last_round_and_opens_it(desk):
    clerk = signed_in(desk.clerk)
    source = a_round(
        RoundState.CLOSED, opens_at=moment("2025-03-10 09:00"), closes_at=moment("2025-04-11 00:00"), is_demo=True
    )
    FormSection.objects.bulk_create(
        FormSection(round=source, slug=s, ordinal=n) for n, s in enumerate(("basic", "narrative", "budget"), 1)
    )
    page = body(clerk.get(reverse("desk_round_copy", args=[source.pk])))
    assert f'value="{source.edition + 1}"' in page and "2026" in page
    answer = clerk.post(reverse("desk_round_copy", args=[source.pk]), {"edition": source.edition + 1, "is_demo": "on"})
    new = Round.objects.get(copied_from=source)
    assert answer["Location"] == reverse("desk_round_card", args=[new.pk, "calendar"])
    assert new.is_demo and new.days_to_check
    assert clerk.post(reverse("desk_round_open", args=[new.pk])).status_code == 409
    assert (
        card(clerk, new, "calendar", {**CALENDAR, "base_digest": base_digest(clerk, new, "calendar")}).status_code
        == 302
    )
    assert clerk.post(reverse("desk_round_open", args=[new.pk])).status_code == 302
    new.refresh_from_db()
    assert new.state == RoundState.OPEN
    again = clerk.post(reverse("desk_round_copy", args=[source.pk]), {"edition": new.edition})
    assert again.status_code == 422 and "已存在" in body(again)


# --- Cards ---


@pytest.mark.parametrize("slug", [c for c in CARDS if c != "questions"])
def test_a_card_saved_as_it_is_shown_changes_nothing(desk, preparing, slug):
    """What a field shows it also reads: nothing is lost by pressing the button."""
    preparing.places.add(a_place())
    EligibilityRule.objects.create(round=preparing, ordinal=1, kind="kinds", options=["51"], effect="block")
    EligibilityRule.objects.create(round=preparing, ordinal=2, kind="rating", number=3)
    clerk = signed_in(desk.clerk)
    before = stored(Round.objects.get(pk=preparing.pk), slug)
    context = card(clerk, preparing, slug).context
    form = context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    if "platform" in data:
        data["platform"] = preparing.platform_id
    for name in ("opens_on", "closes_on"):
        data |= {name: f"{data[name]:%Y-%m-%d}"} if name in data else {}
    if "places" in data:
        data["places"] = [p if isinstance(p, int) else p.pk for p in data["places"]]
    for table in context["tables"].values():
        data |= {f"{table.prefix}-TOTAL_FORMS": len(table.forms), f"{table.prefix}-INITIAL_FORMS": len(table.forms)}
        for row in table.forms:
            cells = {row.add_prefix(name): row[name].value() for name in row.fields}
            data |= {name: value for name, value in cells.items() if value not in (None, False)}
    assert card(clerk, preparing, slug, data).status_code == 302
    after = stored(Round.objects.get(pk=preparing.pk), slug)
    if slug == "sections":  # the plain form becomes rows
        assert [r["slug"] for r in after.rows] == ["basic", "narrative", "budget"]
    elif slug == "calendar":  # to the minute
        assert [
            v.replace(second=0, microsecond=0) if hasattr(v, "second") else v for v in before.facts.values()
        ] == list(after.facts.values())
    else:
        assert after == before


@pytest.mark.parametrize(
    ("slug", "data", "sentence"),
    [
        ("rubric", {**SCORES, **rows({"label": "方案", "weight": "一百"})}, "请填写整数"),
        ("rubric", {**SCORES, **rows({"label": "方案", "weight": "101"})}, "100"),
        ("rubric", {**SCORES, **rows({"label": "", "weight": "10"})}, "请填写此项"),
        ("rubric", {**SCORES, **rows({"label": "方案", "weight": "1"}, {"label": "方案", "weight": "2"})}, "“方案”重复"),
        ("tranches", a_plan({"label": "首期款", "percent": "100.01", "trigger": "agreement"}), "100"),
        ("eligibility", rows({"kind": "rating", "effect": "show"}), "需要填写数字"),
        ("eligibility", rows({"kind": "rating", "number": "6", "effect": "show"}), "最高等级为 5A"),
        ("eligibility", rows({"kind": "kinds", "effect": "show"}), "请至少勾选一类"),
        ("calendar", {**CALENDAR, "closes_clock": "25:00"}, "请按 9:00"),
        ("calendar", {**CALENDAR, "closes_on": "2026-03-01"}, "截止时间必须晚于开始时间"),
        ("calendar", {**CALENDAR, "closes_on": "9999-12-31"}, "9999"),
        ("calendar", {**CALENDAR, "phase-0-ends_on": "2026-04-12"}, "“形式审查”的截止日为 2026-04-12，早于其起始日 2026-04-13。"),
        ("calendar", {**CALENDAR, "phase-1-starts_on": "2026-04-12"}, "“现场答辩”的起始日为 2026-04-12，早于排在其前的“形式审查”的起始日 2026-04-13。"),
        ("calendar", {**CALENDAR, "phase-0-starts_on": "2026-03-08"}, "“形式审查”的起始日为 2026-03-08，早于征集开始之日 2026-03-09。"),
        ("calendar", {**CALENDAR, "phase-0-ends_on": "三月"}, "日期"),
        ("money", {"budget": "许多"}, "请填写数字"),
        ("money", {"grant_tiers": "一万"}, "不是金额"),
        ("scope", {"places": ["99999999999999999999"]}, "99999999999999999999"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_cell_and_nothing_typed_is_lost(desk, preparing, slug, data, sentence):
    clerk = signed_in(desk.clerk)
    before = stored(preparing, slug)
    answer = card(clerk, preparing, slug, data)
    assert answer.status_code == 422
    page = body(answer)
    assert sentence in page
    for name, value in data.items():
        if (
            isinstance(value, str)
            and name not in {"effect", "on", "has_mid_term"}
            and not name.endswith(("trigger", "kind", "effect", "passes"))
        ):
            assert f'value="{value}"' in page or not value, name
    assert stored(Round.objects.get(pk=preparing.pk), slug).rows == before.rows


def test_a_tranche_that_waits_for_a_mid_term_that_never_comes_is_refused_at_its_cell(desk, preparing):
    clerk = signed_in(desk.clerk)
    tranches = (
        {"label": "首期款", "percent": "60", "trigger": "agreement"},
        {"label": "二期款", "percent": "40", "trigger": "mid_term"},
    )
    plan = a_plan(*tranches, has_mid_term=False)
    answer = card(clerk, preparing, "tranches", plan)
    assert answer.status_code == 422
    told = answer.context["tables"]["tranche_rules"].rows
    assert [dict(row.errors) for row in told] == [
        {}, {"trigger": ["走到“结项”这一步走不下去：“二期款”以中期评估为拨付条件，但本届不设中期评估：该条件永远不会成立。"]}
    ]  # fmt: skip
    preparing.refresh_from_db()
    assert preparing.has_mid_term and preparing.tranche_rules.count() == 3
    assert card(clerk, preparing, "tranches", a_plan(*tranches)).status_code == 302


@pytest.mark.parametrize(
    ("row", "cell", "sentence"),
    [
        ({"percent": "50", "amount": "3000", "trigger": "agreement"}, "amount", "既有比例又有金额（3,000.00 元）"),
        (
            {"percent": "50", "trigger": "agreement", "planned_on": "2026-09-01"},
            "planned_on",
            "填写了起拨日期 2026-09-01",
        ),
        ({"amount": "0", "trigger": "agreement"}, "amount", "0.01"),
    ],
)
def test_what_contradicts_itself_in_a_tranche_is_refused_at_its_cell(desk, preparing, row, cell, sentence):
    plan = a_plan({"label": "首期款", **row}, {"label": "余款", "trigger": "final"})
    answer = card(signed_in(desk.clerk), preparing, "tranches", plan)
    assert answer.status_code == 422
    first, __ = answer.context["tables"]["tranche_rules"].rows
    assert list(first.errors) == [cell] and sentence in first.errors[cell][0]
    assert preparing.tranche_rules.count() == 3


def test_a_plan_of_amounts_and_days_is_stored_told_and_copied(desk, preparing):
    clerk = signed_in(desk.clerk)
    plan = a_plan(
        {"label": "首期款", "amount": "50", "trigger": "agreement"},
        {"label": "二期款", "percent": "30", "trigger": "date", "planned_on": "2026年9月1日"},
        {"label": "余款", "trigger": "audit"},
    )
    assert card(clerk, preparing, "tranches", plan).status_code == 302
    assert not open_points(Round.objects.get(pk=preparing.pk), "tranches")
    page = body(clerk.get(reverse("desk_round_preview_public", args=[preparing.pk])))
    assert "50.00 元" in page and "自 2026-09-01 起" in page and "余款" in page and "决算审计后" in page
    copied = setup.copy_round(preparing, by=desk.clerk)
    assert [str(rule) for rule in copied.tranche_rules.all()] == ["首期款 50.00 元", "二期款 30%", "余款 余款"]
    assert any("但征集到" in point for point in open_points(copied, "tranches")), "its day belongs to the year before"


def sources(*given):
    return a_plan({"label": "一次拨付", "percent": "100", "trigger": "final"}, sources=given)


def test_what_the_sources_come_to_is_the_budget_and_the_running_costs(desk, preparing):
    clerk = signed_in(desk.clerk)
    fiscal = {"name": "市级财政资金", "kind": "fiscal", "amount": "40万"}
    lottery = {"name": "福彩公益金", "kind": "lottery", "amount": "200000", "running_costs": "100000"}
    assert card(clerk, preparing, "tranches", sources(fiscal, lottery)).status_code == 302
    assert not open_points(Round.objects.get(pk=preparing.pk), "tranches")
    page = body(clerk.get(reverse("desk_round_preview_public", args=[preparing.pk])))
    for said in ("市级财政资金", "福彩公益金", "400,000.00", "其中工作经费 100,000.00", "600,000.00"):
        assert said in page, said
    assert [str(source) for source in setup.copy_round(preparing, by=desk.clerk).fund_sources.all()] == [
        "市级财政资金 400,000.00 元", "福彩公益金 200,000.00 元",
    ]  # fmt: skip
    card(clerk, preparing, "tranches", sources(fiscal))
    (point,) = open_points(Round.objects.get(pk=preparing.pk), "tranches")
    assert (
        point
        == "资金来源合计 400,000.00 元，扣除工作经费 0.00 元后为 400,000.00 元；本届资助资金总额为 500,000.00 元，两者须一致。"
    )


def test_more_running_costs_than_a_source_has_are_refused_at_their_cell(desk, preparing):
    given = sources({"name": "福彩公益金", "kind": "lottery", "amount": "100", "running_costs": "100.01"})
    answer = card(signed_in(desk.clerk), preparing, "tranches", given)
    (row,) = answer.context["tables"]["fund_sources"].rows
    assert answer.status_code == 422
    assert row.errors == {"running_costs": ["工作经费 100.01 元超过“福彩公益金”的总额 100.00 元。"]}
    assert not preparing.fund_sources.exists() and preparing.tranche_rules.count() == 3


def test_the_second_table_of_a_card_is_refused_at_its_own_cell_and_moved_by_its_own_buttons(desk, preparing):
    clerk = signed_in(desk.clerk)
    page = body(card(clerk, preparing, "rubric", {**SCORES, **RUBRIC, "band-0-lowest": "许多"}))
    assert 'name="band-0-lowest" value="许多"' in page and "请填写数字" in page
    moved = card(clerk, preparing, "rubric", {**SCORES, **RUBRIC, "band-down": "0"})
    assert moved.status_code == 200
    tables = moved.context["tables"]
    assert [row.initial["name"] for row in tables["grade_bands"].forms] == ["不合格", "合格"]
    assert [row.initial["label"] for row in tables["rubric"].forms] == ["方案可行性", "团队能力"]
    added = card(clerk, preparing, "rubric", {**SCORES, **RUBRIC, "band-add": "1"}).context["tables"]
    assert [len(table.forms) for table in added.values()] == [2, 3]
    assert card(clerk, preparing, "rubric", {**SCORES, **RUBRIC}).status_code == 302
    assert [str(band) for band in preparing.grade_bands.all()] == ["合格 60", "不合格 0"]


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ({"row-up": "1"}, ["B", "A", "C"]),
        ({"row-down": "1"}, ["A", "C", "B"]),
        ({"row-up": "0"}, ["A", "B", "C"]),
        ({"row-down": "2"}, ["A", "B", "C"]),
        ({"row-remove": "1"}, ["A", "C"]),
        ({"row-add": "1"}, ["A", "B", "C", ""]),
        ({"row-up": "77"}, ["A", "B", "C"]),
    ],
)
def test_rows_are_moved_without_a_script_and_not_saved_by_it(desk, preparing, press, order):
    clerk = signed_in(desk.clerk)
    answer = card(clerk, preparing, "checklist", {**rows(*({"label": x} for x in "ABC")), **press})
    assert answer.status_code == 200
    page = body(answer)
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    found = re.findall(r'name="row-\d+-label"([^>]*)', table)
    assert [(re.search(r'value="(\w*)"', f) or [None, ""])[1] for f in found] == order
    assert "请填写此项" not in page
    assert preparing.check_items.count() == 3 and not preparing.check_items.filter(label="A").exists()


def test_the_order_of_the_page_is_what_is_stored(desk, preparing):
    clerk = signed_in(desk.clerk)
    order = {"row-0-ORDER": "2", "row-1-ORDER": "x", "row-2-ORDER": "1"}
    data = {**rows({"label": "甲"}, {"label": "乙"}, {"label": "丙"}), **order}
    assert card(clerk, preparing, "checklist", data).status_code == 302
    assert list(preparing.check_items.values_list("label", flat=True)) == ["丙", "甲", "乙"]


def test_the_second_clerk_is_shown_both_and_may_save_over_it(desk, preparing):
    first, second = signed_in(desk.clerk), signed_in(desk.other_clerk)
    old = base_digest(second, preparing, "rubric")
    assert card(first, preparing, "rubric", {**SCORES, **RUBRIC, "base_digest": old}).status_code == 302
    mine = {**SCORES, "pass_mark": "66", **rows({"label": "我的标准", "weight": "100"}), "base_digest": old}
    answer = card(second, preparing, "rubric", mine)
    assert answer.status_code == 409
    page = body(answer)
    assert str(desk.clerk) in page and "方案可行性 60" in page and 'value="我的标准"' in page and 'value="66"' in page
    assert preparing.rubric.count() == 2
    knowing = re.search(r'name="base_digest" value="(\w+)"', page)
    assert knowing and knowing[1] != old
    assert card(second, preparing, "rubric", {**mine, "base_digest": knowing[1]}).status_code == 302
    assert [r.label for r in preparing.rubric.all()] == ["我的标准"]


def test_two_clerks_at_two_cards_do_not_meet(desk, preparing):
    first, second = signed_in(desk.clerk), signed_in(desk.other_clerk)
    rubric, checks = base_digest(first, preparing, "rubric"), base_digest(second, preparing, "checklist")
    assert card(first, preparing, "rubric", {**SCORES, **RUBRIC, "base_digest": rubric}).status_code == 302
    assert card(second, preparing, "checklist", {**rows({"label": "甲"}), "base_digest": checks}).status_code == 302


def test_a_question_is_changed_moved_and_removed(desk, preparing):
    clerk = signed_in(desk.clerk)
    setup.save_card(preparing, "sections", by=desk.clerk, rows=[{"slug": s} for s in ("basic", "narrative", "budget")])
    basic = preparing.form_sections.get(slug="basic")
    for label in ("第一问", "第二问"):
        setup.add_question(preparing, by=desk.clerk, section=basic, facts={"kind": "text", "label": label})
    first = Question.objects.get(label="第一问")
    args = [preparing.pk, first.pk]
    assert clerk.post(reverse("desk_question_down", args=args)).status_code == 302
    page = body(clerk.get(reverse("desk_round_questions", args=[preparing.pk])))
    assert page.index("第二问") < page.index("第一问")
    data = {"section": basic.pk, "label": "首问", "kind": "choice", "options": "甲\r\n\r\n乙\r\n"}
    assert clerk.post(reverse("desk_round_question", args=args), data).status_code == 302
    first.refresh_from_db()
    assert (first.label, first.options) == ("首问", ["甲", "乙"])
    bad = clerk.post(reverse("desk_round_question", args=args), {**data, "options": "甲"})
    assert bad.status_code == 422 and "至少需要两个选项" in body(bad)
    forged = clerk.post(reverse("desk_round_question", args=args), {**data, "condition": f"{first.pk}:甲"})
    assert forged.status_code == 422
    assert clerk.post(reverse("desk_question_remove", args=args)).status_code == 302
    assert [q.label for q in Question.objects.all()] == ["第二问"]


def test_a_question_of_another_round_is_not_found(desk, preparing):
    other = a_round(RoundState.PREPARING)
    section = FormSection.objects.create(round=other, slug="basic", ordinal=1)
    question = Question.objects.create(section=section, ordinal=1, kind="text", label="问")
    clerk = signed_in(desk.clerk)
    assert clerk.get(reverse("desk_round_question", args=[preparing.pk, question.pk])).status_code == 404
    assert clerk.post(reverse("desk_question_remove", args=[preparing.pk, question.pk])).status_code == 404


@pytest.mark.parametrize("role", ["finance", "supervisor", "operator", "applicant", "expert"])
def test_others_do_not_reach_the_set_up(desk, preparing, role):
    client = signed_in(getattr(desk, role))
    for name, args in (
        ("desk_round_setup", [preparing.pk]),
        ("desk_round_card", [preparing.pk, "rubric"]),
        ("desk_round_questions", [preparing.pk]),
        ("desk_round_copy", [preparing.pk]),
        ("desk_round_new", []),
        ("desk_round_amend", [desk.round.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403, name
    assert client.post(reverse("desk_round_delete", args=[preparing.pk])).status_code == 403
    assert Round.objects.filter(pk=preparing.pk).exists()


def test_a_round_in_preparation_is_deleted(desk, preparing):
    clerk = signed_in(desk.clerk)
    assert clerk.post(reverse("desk_round_delete", args=[preparing.pk])).status_code == 302
    assert not Round.objects.filter(pk=preparing.pk).exists()
    assert clerk.post(reverse("desk_round_delete", args=[desk.round.pk])).status_code == 409
    assert clerk.get(reverse("desk_journal")).status_code == 200


def test_the_public_page_is_previewed_before_it_is_public(desk, preparing):
    assert Client().get(reverse("round", args=[preparing.pk])).status_code == 404
    page = body(signed_in(desk.clerk).get(reverse("desk_round_preview_public", args=[preparing.pk])))
    assert "预览" in page and preparing.title in page


def test_a_clerk_finds_the_way(desk, preparing):
    """From the list to the set-up, to the first open card."""
    clerk = signed_in(desk.clerk)
    listing = body(clerk.get(reverse("desk_rounds")))
    assert reverse("desk_round_setup", args=[preparing.pk]) in listing and reverse("desk_round_new") in listing
    preparing.rubric.all().delete()
    page = body(clerk.get(reverse("desk_round", args=[preparing.pk])))
    assert reverse("desk_round_card", args=[preparing.pk, "rubric"]) in page
    move(a_round(RoundState.PREPARING), "open", by=desk.clerk)


# --- Preview ---


def test_every_step_is_previewed_with_the_round_s_own_questions(desk, preparing):
    """The page is the applicant's; nothing of the sample is stored, and nothing can be sent from it."""
    setup.save_card(preparing, "sections", by=desk.clerk, rows=[
        {"slug": "basic", "title": "项目概况"}, {"slug": "narrative"}, {"slug": "budget"}, {"slug": "", "title": "补充情况"},
    ])  # fmt: skip
    own = preparing.form_sections.get(slug="own-1")
    setup.add_question(preparing, by=desk.clerk, section=own, facts={"kind": "yes_no", "label": "是否有固定场地"})
    clerk = signed_in(desk.clerk)

    def step(slug: str) -> Any:
        return clerk.get(reverse("desk_round_preview", args=[preparing.pk, slug]))

    assert "项目概况" in body(step("basic"))
    page = body(step("own-1"))
    assert (
        "是否有固定场地" in page
        and 'name="next" value="1"' not in page
        and reverse("desk_round_setup", args=[preparing.pk]) in page
    )
    assert [step(slug).status_code for slug in ("narrative", "budget", "team", "nothing")] == [200, 200, 404, 404]
    assert clerk.get(reverse("desk_round_preview", args=[preparing.pk, "basic"]) + "?step=own-1")[
        "Location"
    ] == reverse("desk_round_preview", args=[preparing.pk, "own-1"])
    assert not preparing.ventures.exists()
