"""From a frozen version of an application to the paper that is stamped. Chinese, whatever the interface speaks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import override

from common.clock import today
from common.money import yuan
from organizations.models import Organization
from rounds.budget.terms import Terms
from ventures.application.completeness.budget import lines_in
from ventures.application.content import ApplicationContent, form_of, hash_of, without_account
from ventures.application.content.fields import Form, Slug
from ventures.application.printing.document import (
    Block,
    Box,
    Column,
    Document,
    Facts,
    Narrative,
    Promise,
    Section,
    Signatures,
    Table,
    render,
)
from ventures.application.queries.content_view import ShownField, sections_of
from ventures.models import Submission, Venture

FORM_TITLE = "项目申报书"
PROMISE = (
    "本单位承诺：以上填报内容及所附材料真实、准确、完整；资助资金单独核算、专款专用，按批准的预算使用；"
    "自觉接受监督检查、绩效评估和审计。如有不实，愿承担相应责任。"
)
BOXES = (
    Box("法定代表人（签字）"),
    Box("申报单位（盖章）"),
    Box("项目所在社区意见（签章）"),
    Box("业务主管单位意见（签章）"),
)
# What stands on the paper where the page has a shorter word.
LABELS = {"name": "单位名称", "title": "项目名称", "phone": "联系电话"}
# Column → width in 汉字; what is not listed shares the rest evenly.
WIDTHS = {
    "name": 5, "education": 10, "qualification": 8, "part": 10, "phone": 8,
    "label": 14, "target": 6, "unit": 4, "evidence": 14,
    "starts_on": 6, "ends_on": 6, "activity": 10, "detail": 14, "place": 8, "sessions": 4, "attendance": 5,
    "responsible": 5,
    "head": 6, "unit_price": 6, "quantity": 4, "amount": 7, "from_grant": 7, "from_own": 6, "basis": 10,
}  # fmt: skip


def pdf_of(subject: Venture | Submission, *, whole_account: bool) -> bytes:
    """The PDF of a submission as it was handed in, or of a venture's application as it stands now."""
    with override(settings.LANGUAGE_CODE):
        return render(document_of(subject, whole_account=whole_account))


def document_of(subject: Venture | Submission, *, whole_account: bool) -> Document:
    """The paper's content. It is never marked a draft: this is the sheet that is stamped, bound by its hash.

    Not `whole_account`: for those who may not see where the money goes.
    """
    if isinstance(subject, Submission):
        venture, content, version = subject.venture, subject.content, f"第 {subject.ordinal} 次提交 {subject.receipt}"
        day = subject.at.date()
    else:
        venture, content, version = subject, ApplicationContent(subject).content, f"版本 {_version(subject)}"
        day = today()
    values = {f["path"]: f["value"] for f in content["fields"]}
    return Document(
        round_title=content["round"],
        form_title=FORM_TITLE,
        number=venture.number,
        title=f"《{values.get('title', venture.title)}》",
        organization=content["organization"]["name"],
        leader=values.get("leader", ""),
        phone=values.get("phone", ""),
        date_text=f"{day.year}年{day.month}月{day.day}日",
        version_text=version,
        hash=hash_of(content),
        is_demo=venture.is_demo,
        is_draft=False,
        sections=[_organization(content if whole_account else without_account(content)), *_sections(venture, values), Section("承诺与意见", [Promise(PROMISE), Signatures(list(BOXES))])],
    )  # fmt: skip


def _version(venture: Venture) -> int:
    application = getattr(venture, "application", None)
    return application.version if application else 0


def _organization(content: Mapping[str, Any]) -> Section:
    facts = content["organization"]
    rows = [
        (LABELS.get(name) or str(Organization._meta.get_field(name).verbose_name), _organization_text(name, value))  # type: ignore[union-attr]
        for name, value in facts.items()
        if name != "introduction"
    ]
    introduction = Narrative(str(Organization._meta.get_field("introduction").verbose_name), facts["introduction"])  # type: ignore[union-attr]
    return Section("申报单位", [Facts(rows), introduction])


def _organization_text(name: str, value: Any) -> str:
    choices = dict(getattr(Organization._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))


def _sections(venture: Venture, values: Mapping[str, Any]) -> list[Section]:
    form: Form = form_of(venture.round)
    found = []
    for section in sections_of(form, values, contact=True):
        blocks: list[Block] = []
        facts: list[tuple[str, str]] = []
        for field in section.fields:
            if field.columns:
                blocks.append(_table(field))
            elif field.files:
                blocks.append(
                    Facts([(field.label, "\n".join(f"{f['name']}（{f['size_text']}）" for f in field.files))])
                )
            elif field.kind == "narrative":
                blocks.append(Narrative(field.label, field.text))
            else:
                facts.append((LABELS.get(field.path, field.label), field.text))
        if section.slug == Slug.BUDGET:
            blocks += [_totals(values), *_rules(values, form.budget)]
        found.append(Section(section.label, [*([Facts(facts)] if facts else []), *blocks]))
    return found


def _rules(values: Mapping[str, Any], terms: Terms) -> list[Block]:
    """What the rules of the round find in the budget that is printed."""
    if not terms.rules:
        return []
    found = "\n".join(terms.problems(lines_in(values.get("budget", ())))) or "符合"
    return [Facts([(f"预算规则（{len(terms.rules)} 条）", found)])]


def _table(field: ShownField) -> Table:
    columns = [Column("序号", 2.5, "center")] + [
        Column(c.label, WIDTHS.get(c.name, 8), "right" if c.is_number else "left") for c in field.columns
    ]
    rows = [[str(n), *(cell.text for cell in row)] for n, row in enumerate(field.rows, 1)]
    totals = ["合计", *(cell.text for cell in field.totals)] if field.totals else None
    return Table(field.label, columns, rows, totals)


def _totals(values: Mapping[str, Any]) -> Facts:
    lines = values.get("budget", [])

    def total(name: str) -> str:
        return yuan(sum((Decimal(line[name]) for line in lines), Decimal(0)))

    return Facts(
        [("总预算（元）", total("amount")), ("申请资助（元）", total("from_grant")), ("自筹（元）", total("from_own"))]
    )
