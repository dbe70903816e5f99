"""The rules of a round's budget say the same wherever a budget is read: on its page, in its Excel template, to the clerk who
screens it and on its paper."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from rounds.models import BudgetHead, BudgetRule
from tests.factories import a_round, a_user, a_venture, an_applicant
from ventures import actions
from ventures.application.completeness import missing
from ventures.application.content import ApplicationContent, form_of
from ventures.application.printing.fill import pdf_of
from ventures.application.queries.steps import rules_of
from ventures.models import BudgetLine, Venture
from ventures.screening.queries.checks import automatic_checks

pytestmark = pytest.mark.django_db

HEADS = ("专家费", "劳务费", "志愿者补贴", "礼品", "宣传费")
RULES: list[dict[str, Any]] = [
    {"heads": ["专家费"], "base": "total", "steps": [{"price": "500", "to": "2"}, {"price": "200"}]},
    {"name": "人员类补贴", "heads": ["劳务费", "志愿者补贴"], "base": "total", "max_percent": "50"},
    {"heads": ["礼品"], "base": "total", "max_amount": "0"},
    {"heads": ["宣传费"], "base": "grant", "min_percent": "5"},
    {"name": "宣传费上限", "heads": ["宣传费"], "base": "total", "max_amount": "300", "min_amount": "1"},
]
LINES = (
    ("专家费", "800", "3", "0"),  # 2,400 for 500 + 500 + 200
    ("劳务费", "4000", "1", "0"),
    ("志愿者补贴", "1000", "2", "500"),  # with 劳务费 6,000 of 8,888: 67.5 %
    ("礼品", "88", "1", "88"),
    ("宣传费", "400", "1", "0"),  # 400 of 8,300 is 4.8 %, and 100 above 300
)
TOLD = (
    "“专家费”2,400.00 元，按标准和数量可列 1,200.00 元，请调减 1,200.00 元。",
    "“人员类补贴”6,000.00 元，占总预算 67.5%，超过上限 50%（4,444.00 元），请调减 1,556.00 元。调减部分如不列入其他支出，则须调减 3,112.00 元以上。",
    "“礼品”不得列支，现列 88.00 元，请删去。",
    "“宣传费”400.00 元，占申请资助金额 4.8%，低于下限 5%（415.00 元），请调增 15.00 元。",
    "“宣传费上限”400.00 元，超过上限 300.00 元，请调减 100.00 元。",
)  # fmt: skip


@pytest.fixture
def world(client: Any) -> SimpleNamespace:
    user, organization = an_applicant()
    round_ = a_round()
    round_.budget_heads.all().delete()
    round_.budget_rules.all().delete()
    BudgetHead.objects.bulk_create(BudgetHead(round=round_, ordinal=n, name=name) for n, name in enumerate(HEADS, 1))
    for n, rule in enumerate(RULES, 1):
        BudgetRule.objects.create(round=round_, ordinal=n, **rule)
    venture = a_venture(round=round_, organization=organization, budget=False)
    for n, (head, price, quantity, own) in enumerate(LINES, 1):
        amount = int(price) * int(quantity)
        BudgetLine.objects.create(
            venture=venture, ordinal=n, head=head, detail=head, unit_price=price, quantity=quantity, amount=amount,
            from_own=own, from_grant=amount - int(own),
        )  # fmt: skip
    client.force_login(user)
    return SimpleNamespace(user=user, venture=Venture.objects.get(pk=venture.pk), round=round_)


def test_the_same_findings_on_the_page_in_excel_at_screening_and_on_paper(client: Any, world: SimpleNamespace) -> None:
    page = client.get(reverse("apply_step", args=[world.venture.pk, "budget"])).content.decode()
    book = BytesIO(client.get(reverse("apply_table_out", args=[world.venture.pk, "budget"])).content)
    file = SimpleUploadedFile("预算.xlsx", book.getvalue())
    sent = client.post(reverse("apply_table_in", args=[world.venture.pk, "budget"]), {"file": file}, follow=True)
    uploaded = [str(m) for m in sent.context["messages"]]
    with translation.override("zh-hans"):
        complete = next(f for f in automatic_checks(world.venture, a_user()) if f.rule == "complete")
        found = missing(ApplicationContent(world.venture))["budget"]
    paper = "".join(
        p.extract_text() for p in pypdf.PdfReader(BytesIO(pdf_of(world.venture, whole_account=False))).pages
    )
    paper = paper.replace("\n", "").replace(" ", "")
    assert tuple(found) == TOLD
    assert uploaded[-len(TOLD) :] == list(TOLD)
    for sentence in TOLD:
        assert sentence in page
        assert sentence in complete.evidence
        assert sentence.replace(" ", "") in paper


def test_the_template_offers_the_heads_of_the_round_and_says_its_rules(client: Any, world: SimpleNamespace) -> None:
    book = load_workbook(BytesIO(client.get(reverse("apply_table_out", args=[world.venture.pk, "budget"])).content))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    with translation.override("zh-hans"):
        said = rules_of(world.round)
    assert "专家费：每单位 500 元（第 2 个及以内）、200 元。" in said and "“礼品”不得列支。" in said
    assert "人员类补贴（劳务费、志愿者补贴）：不超过总预算的 50%。" in said
    assert all(any(sentence in text for text in texts) for sentence in said[-len(RULES) :])
    assert set(HEADS) <= set(texts) | {part for text in texts for part in text.split(",")}


def test_a_line_needs_a_head_of_its_round_and_a_foreign_one_can_not_be_typed(
    client: Any, world: SimpleNamespace
) -> None:
    world.venture.budget_lines.filter(ordinal=1).update(head="")
    with translation.override("zh-hans"):
        found = missing(ApplicationContent(world.venture))["budget"]
    assert found[0] == "预算第 1 行：请选择预算科目（专家费、劳务费、志愿者补贴、礼品、宣传费）。"
    book = load_workbook(BytesIO(client.get(reverse("apply_table_out", args=[world.venture.pk, "budget"])).content))
    book.worksheets[0].cell(2, 1, "工作餐")
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("预算.xlsx", out.getvalue())
    refused = client.post(reverse("apply_table_in", args=[world.venture.pk, "budget"]), {"file": file})
    assert refused.status_code == 422 and "工作餐" in refused.content.decode()


def test_a_head_that_the_new_round_does_not_have_is_left_open_in_a_copy(world: SimpleNamespace) -> None:
    fresh = a_venture(round=a_round(), organization=world.venture.organization, narrative=False, budget=False)
    BudgetHead.objects.filter(round=fresh.round, name="其他费用").update(name="宣传费")
    actions.copy_from(fresh, by=world.user, source=world.venture)
    assert [line.head for line in fresh.budget_lines.all()] == ["", "", "", "", "宣传费"]
    assert form_of(fresh.round).budget.heads[-1] == "宣传费"
