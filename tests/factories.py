"""Small things to test with: one function per thing, everything with a default, anything can be given.

`a_venture(state=…)` plants a venture in a state without playing its way there; tests of the way itself use actions.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from stdnum.cn import uscc

from accounts.models import Role, User
from common.clock import now
from common.search import index
from organizations.models import ApplicantKind, Invitation, Membership, Organization, Part, Place, Platform, Tier
from rounds.models import (
    BudgetHead,
    BudgetRule,
    Category,
    CheckItem,
    FormSection,
    GradeBand,
    Question,
    Round,
    RubricItem,
    Series,
    TrancheRule,
)
from rounds.models.budget import usual_heads
from rounds.models.grades import usual_bands
from rounds.states import RoundState
from simulation.reference import kinds
from ventures.models import Application, BudgetLine, CheckAnswer, Venture
from ventures.search_index import index_venture
from ventures.states import State

PASSWORD = "a-long-password"

RUBRIC = (
    ("需求分析", 15, None),
    ("目标与成效", 10, None),
    ("方案可行性", 20, 1),
    ("团队能力", 15, None),
    ("预算合理性", 15, 2),
    ("创新性", 10, None),
    ("可持续性", 5, None),
    ("党建引领", 10, 3),
)
CHECKS = ("登记证书有效", "上年度年检合格", "未列入活动异常名录")
QUESTIONS = {
    "yes_no": "是否与其他单位联合申报",
    "text": "联合申报单位名称",
    "number": "项目覆盖村社区数",
    "money": "其他来源资金",
    "date": "首次开展同类项目的日期",
    "choice": "主要服务方式",
    "choices": "服务人群",
    "paragraph": "联合申报分工",
}
OPTIONS = {"choice": ["入户", "集中活动", "线上"], "choices": ["老年人", "儿童", "新居民"]}
TRANCHES = (("首期款", 50, "agreement"), ("二期款", 30, "mid_term"), ("尾款", 20, "final"))

_numbers = count(1)


def a_user(role: Role | str = Role.APPLICANT, **fields: Any) -> User:
    """Someone who can log in with PASSWORD; an applicant by default."""
    n = next(_numbers)
    user = User(**{"username": f"{role}{n}", "name": f"{Role(role).value} {n}", "role": role, **fields})
    user.set_password(PASSWORD)
    user.save()
    return user


def a_place(**fields: Any) -> Place:
    """林埭镇 by default: the same row each time."""
    given = {"code": "330482107", "name": "林埭镇", "tier": Tier.TOWN, **fields}
    return Place.objects.get_or_create(code=given.pop("code"), defaults=given)[0]


def applicant_kinds() -> dict[str, ApplicantKind]:
    """The kinds of applicants of the reference data, by their codes: the same rows each time."""
    if not ApplicantKind.objects.exists():
        kinds()
    return {kind.code: kind for kind in ApplicantKind.objects.all()}


def a_platform(**fields: Any) -> Platform:
    """The city's platform by default: the same row each time."""
    given = {"name": "平湖市社会组织孵化平台", "tier": Tier.CITY, **fields}
    if "place" not in given:
        given["place"] = a_place(code="330482", name="平湖市", tier=Tier.CITY)
    return Platform.objects.get_or_create(name=given.pop("name"), defaults=given)[0]


def a_credit_code(n: int) -> str:
    """A synthetic 统一社会信用代码 with the right check digit."""
    body = f"51330482MJA{n:06d}"
    return body + uscc.calc_check_digit(body)


def an_organization(*, members: Sequence[User] = (), **fields: Any) -> Organization:
    n = next(_numbers)
    organization = Organization.objects.create(
        **{
            "name": f"演示社会组织{n}",
            "credit_code": a_credit_code(500_000 + n),  # the small ones are for tests that name theirs
            "management": Organization.Management.TERRITORIAL,
            "place": fields.get("place") or a_place(),
            "legal_representative": "法定代表人",
            "phone": "0573-85013072",
            "bank_name": "演示银行",
            "bank_account": "12345678901234567890",
            **fields,
        }
    )
    for user in members:
        Membership.objects.create(user=user, organization=organization)
    index("organizations.organization", organization.pk)
    return organization


def an_applicant(**fields: Any) -> tuple[User, Organization]:
    """A person and the organization that she owns."""
    user = a_user(**fields)
    return user, an_organization(members=[user])


def an_invitation(organization: Organization, **fields: Any) -> Invitation:
    """An open place as editor, made by the organization's first person."""
    by = fields.pop("made_by", None) or organization.memberships.order_by("pk").first().user  # type: ignore[union-attr]
    return Invitation.objects.create(**{"organization": organization, "part": Part.EDITOR, "made_by": by, **fields})


OFFICE = {
    "contact": "社会组织管理科 0573-85000000",
    "address": "平湖市当湖街道胜利路 1 号",
    "email": "gongshi@pinghu.example",
    "supervision_phone": "0573-85000001",
}


def a_round(state: str = RoundState.OPEN, *, rules: bool = True, **fields: Any) -> Round:
    """A round whose call is open now, with its grades, and categories, checklist, rubric, budget rules, tranches."""
    applicant_kinds()
    series, __ = Series.objects.get_or_create(code="HC", defaults={"name": "红色创投"})
    given: dict[str, Any] = {
        "series": series,
        "edition": next(_numbers),
        "year": now().year,
        "city": "平湖市",
        "platform": fields.get("platform") or a_platform(),
        "host": "平湖市民政局",
        **OFFICE,
        "opens_at": now() - timedelta(days=10),
        "closes_at": now() + timedelta(days=20),
        "budget": Decimal("500000.00"),
        "cap": Decimal("50000.00"),
        "quota": 10,
        **fields,
    }
    round_ = Round.objects.create(state=state, **given)
    BudgetHead.objects.bulk_create(usual_heads(round_))
    GradeBand.objects.bulk_create(usual_bands(round_))
    if rules:
        _write_rules(round_)
    return round_


def _write_rules(round_: Round) -> None:
    Category.objects.bulk_create(Category(round=round_, name=n) for n in ("新居民发展", "移民融入", "楼宇党建"))
    CheckItem.objects.bulk_create(CheckItem(round=round_, ordinal=n, label=x) for n, x in enumerate(CHECKS, 1))
    RubricItem.objects.bulk_create(
        RubricItem(round=round_, ordinal=n, label=label, weight=weight, tie_break=tie)
        for n, (label, weight, tie) in enumerate(RUBRIC, 1)
    )
    BudgetRule.objects.create(round=round_, ordinal=1, heads=["管理费"], max_percent=Decimal(10))
    TrancheRule.objects.bulk_create(
        TrancheRule(round=round_, ordinal=n, label=label, percent=Decimal(percent), trigger=trigger)
        for n, (label, percent, trigger) in enumerate(TRANCHES, 1)
    )


def a_full_form(round_: Round) -> dict[str, Question]:
    """Every built-in section but the papers, and a section of questions of all eight kinds; the last but one is put only
    when the first is answered with yes. Returns the questions by their kind."""
    for ordinal, slug in enumerate(("basic", "team", "narrative", "indicators", "schedule", "budget", "more"), 1):
        required = slug in {"team", "indicators", "schedule"}
        title = "补充问题" if slug == "more" else ""
        FormSection.objects.create(round=round_, slug=slug, title=title, ordinal=ordinal, required=required)
    section = FormSection.objects.get(round=round_, slug="more")
    asked: dict[str, Question] = {}
    for ordinal, (kind, label) in enumerate(QUESTIONS.items(), 1):
        limits = {"text": 40, "paragraph": 200}
        asked[kind] = Question.objects.create(
            section=section, ordinal=ordinal, kind=kind, label=label, required=True, options=OPTIONS.get(kind, []),
            max_length=limits.get(kind),
        )  # fmt: skip
    for kind in ("text", "paragraph"):
        Question.objects.filter(pk=asked[kind].pk).update(asked_if=asked["yes_no"], asked_if_value="yes")
    return asked


def a_venture(state: str = State.DRAFT, *, narrative: bool = True, budget: bool = True, **fields: Any) -> Venture:
    """A venture planted in `state`, complete enough to be submitted: 申报书 and two budget lines of 50,000.00 元."""
    n = next(_numbers)
    round_ = fields.get("round") or a_round()
    given: dict[str, Any] = {
        "round": round_,
        "organization": fields.get("organization") or an_organization(),
        "platform": fields.get("platform") or round_.platform,
        "number": "" if state in {State.DRAFT, State.LAPSED} else f"{round_.series.code}{round_.year}-{n:03d}",
        "title": f"演示项目{n}",
        "category": round_.categories.first(),
        "place": a_place(),
        "leader": "项目负责人",
        "phone": "13800138000",
        "starts_on": date(round_.year, 4, 1),
        "ends_on": date(round_.year, 11, 30),
        "beneficiaries": 200,
        "sessions_planned": 12,
        "attendance_planned": 600,
        "total_budget": Decimal("50000.00"),
        "requested": Decimal("50000.00"),
        **_facts_of(state),
        **fields,
    }
    venture = Venture.objects.create(state=state, **given)
    if narrative:
        text = dict.fromkeys(("summary", "needs", "goals", "plan", "sustainability", "outcomes"), "演示文字。")
        Application.objects.create(venture=venture, declared=True, **text)
    if budget:
        a_budget(venture)
    index_venture(venture.pk)
    return venture


def a_budget(venture: Venture) -> None:
    """Activities and a management fee of 10 %, together what is asked for."""
    fee = (venture.requested / 10).quantize(Decimal("0.01"))
    for n, (head, amount) in enumerate((("活动费用", venture.requested - fee), ("管理费", fee)), 1):
        BudgetLine.objects.create(
            venture=venture, ordinal=n, head=head, detail=head, unit_price=amount,
            quantity=Decimal(1), amount=amount, from_grant=amount,
        )  # fmt: skip


def answer_all_checks(venture: Venture, *, met: bool = True) -> None:
    """Every line of the eligibility checklist, answered."""
    CheckAnswer.objects.bulk_create(
        CheckAnswer(venture=venture, item=item, met=met, by_name="初审员") for item in venture.round.check_items.all()
    )


_SUBMITTED_ON = (State.DRAFT, State.LAPSED)
_SCORED = tuple(
    s for s in State if list(State).index(s) >= list(State).index(State.PROPOSED) and s not in {State.NOT_SELECTED}
)


def _facts_of(state: str) -> dict[str, Any]:
    """What a venture in this state has been through."""
    facts: dict[str, Any] = {}
    if state not in _SUBMITTED_ON:
        facts["submitted_at"] = now() - timedelta(days=1)
    if state == State.RETURNED:
        facts |= {"correction_due_on": (now() + timedelta(days=5)).date(), "corrections": 1}
    if state in _SCORED:
        facts |= {"score": Decimal("82.50"), "rank": 1, "awarded": Decimal("50000.00")}
    if state in {State.IN_EVALUATION, State.EVALUATED, State.SHOWN, State.CLOSED}:
        facts["midterm_passed_at"] = now() - timedelta(hours=1)
    if state in {State.EVALUATED, State.SHOWN, State.CLOSED}:
        facts |= {"final_score": Decimal("88.00"), "grade": "优秀"}
    return facts


def moment(text: str) -> datetime:
    """`2020-12-07 14:00` in Asia/Shanghai."""
    from django.utils.timezone import make_aware

    return make_aware(datetime.fromisoformat(text))
