"""Who posts what to where: every form of the site that has fields, as it would be accepted."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, User
from common.clock import now, today
from delivery.models import Activity
from funding.actions import sign_agreement
from funding.models import Award, Expense, Tranche
from reviews.flows import hand_out
from reviews.models import Panel, PanelMember, Review
from rounds.states import RoundState
from showcases.models import Event
from tests.factories import a_credit_code, a_full_form, a_round, a_user
from tests.web.desk_world import an_objection, make_desk, on_notice, planted, proposed_round
from tests.web.forms_of_pages import forms_of_pages
from ventures.application.content import ApplicationContent, digest, form_of
from ventures.models import Venture
from ventures.states import State


@pytest.fixture(scope="module")
def site(module_db: None) -> SimpleNamespace:
    """`world`, and `forms`: all of them. Made once for a module; a test's own changes are taken back after it."""
    world = make_world()
    return SimpleNamespace(world=world, forms=list(forms(world)))


def make_world() -> SimpleNamespace:
    desk = make_desk()
    desk.round.closes_at = now() + timedelta(days=5)
    # More is awarded here, one form at a time, than a round of usual size has.
    desk.round.budget, desk.round.quota = Decimal(5_000_000), 100
    desk.round.save()
    notice = on_notice(desk)
    objection = an_objection(*notice)
    admitted = an_objection(*on_notice(desk, state=State.OBJECTED), state="admitted")
    awarded = planted(desk, State.AWARDED)
    running = planted(desk, State.IN_DELIVERY)
    award = sign_agreement(planted(desk, State.AWARDED), by=desk.finance, number="协议1", signed_on=today())
    terminating = planted(desk, State.TERMINATING)
    _with_award(terminating, "协议2")
    Award.objects.filter(venture=terminating).update(claimed=Decimal(100))
    evaluated = planted(desk, State.EVALUATED)
    _with_award(evaluated, "协议3")
    _with_award(running, "协议4")
    in_review = planted(desk, State.IN_REVIEW, round=a_round(RoundState.IN_REVIEW, platform=desk.platform))
    for round_ in (desk.round, in_review.round):
        PanelMember.objects.create(panel=Panel.objects.create(round=round_), expert=desk.expert, ordinal=1)
    review = Review.objects.create(venture=in_review, expert=desk.expert)
    hand_out(in_review, [review])
    event = Event.objects.create(name="成果展", starts_at=now(), ends_at=now() + timedelta(hours=3), venue="中心")
    event.shows.add(desk.round)
    return SimpleNamespace(
        desk=desk,
        notice=notice[1],
        noticed=notice[0],
        objection=objection,
        admitted=admitted,
        awarded=awarded,
        running=running,
        tranche=Tranche.objects.get(award=award, ordinal=1),
        terminating=terminating,
        evaluated=evaluated,
        in_review=in_review,
        review=review,
        event=event,
    )


def _with_award(venture: Venture, number: str) -> None:
    Award.objects.create(
        venture=venture, amount=Decimal(50000), paid=Decimal(40000), agreement_number=number, signed_on=today()
    )


def forms(world: SimpleNamespace) -> Iterator[tuple[User | None, str, dict[str, Any]]]:
    """Typed here, and read from the pages of what is set up and kept."""
    desk, day = world.desk, today().isoformat()
    applicant, organization = desk.applicant, desk.organization

    def to(name: str, thing: Any = None, *more: Any) -> str:
        return reverse(name, args=[*([thing.pk] if thing is not None else []), *more])

    yield None, to("login"), {"username": "a", "password": "b", "next": "/"}
    yield (
        None,
        to("register"),
        {
            "username": "newcomer", "name": "新人", "phone": "13800138000", "email": "a@example.org",
            "password": "a-long-password-7", "again": "a-long-password-7", "consent": "on",
        },
    )  # fmt: skip
    yield None, to("set_language"), {"language": "en", "next": "/"}
    yield (
        None,
        to("notice_object", world.notice),
        {"venture": world.noticed.pk, "kind": "person", "name": "张三", "contact": "1", "text": "事实"},
    )
    yield None, to("notice_find_objection"), {"number": "YY-20200605-0012", "contact": "13800138000"}
    about = {
        "name": "新的社会组织", "credit_code": "51330482MJA999999X", "management": "territorial", "service": "other",
        "place": organization.place_id, "founded_on": "2019-05-01", "registrar": "民政局", "supervising_body": "",
        "legal_representative": "法人", "address": "", "phone": "13800138000", "introduction": "", "full_time_staff": "1",
        "volunteers": "2", "party_form": "none", "party_members": "0", "bank_name": "", "bank_account": "",
    }  # fmt: skip
    yield applicant, to("apply_organization_new"), about | {"credit_code": a_credit_code(777_777)}
    yield applicant, to("apply_organization", organization), about | {"credit_code": organization.credit_code}
    yield applicant, to("apply_start", desk.round), {"organization": organization.pk, "title": "新项目"}
    draft = planted(desk, State.DRAFT)
    facts = base_digests_of(draft, "basic") | {
        "title": "项目", "category": draft.category_id, "place": draft.place_id, "leader": "李四",
        "phone": "13800138000", "starts_on": "2030-04-01", "ends_on": "2030-11-30", "beneficiaries": "200",
        "sessions_planned": "12", "attendance_planned": "600",
    }  # fmt: skip
    yield applicant, to("apply_step", draft, "basic"), facts
    narrative = (
        "summary",
        "needs",
        "goals",
        "plan",
        "innovation",
        "sustainability",
        "risks",
        "party_building",
        "outcomes",
    )
    chosen = {"mine": "summary", "theirs-summary": "0" * 12}
    yield (
        applicant,
        to("apply_step", draft, "narrative"),
        chosen | base_digests_of(draft, "narrative") | dict.fromkeys(narrative, "文字"),
    )
    budget = base_digests_of(draft, "budget") | {
        "budget-TOTAL_FORMS": "1", "budget-INITIAL_FORMS": "0", "budget-0-head": "活动费用", "budget-0-detail": "材料", "budget-0-unit_price": "100",
        "budget-0-quantity": "2", "budget-0-unit": "次", "budget-0-from_own": "0", "budget-0-basis": "",
    }  # fmt: skip
    yield applicant, to("apply_step", draft, "budget"), budget
    many = {"budget-0-unit_price": "999999999999.99", "budget-0-quantity": "99999999"}
    yield applicant, to("apply_step", draft, "budget"), budget | many
    script = {"user": applicant.pk, "page": "p1", "sequence": "1"}
    yield applicant, to("apply_autosave", draft, "budget"), budget | script | {"only": "budget"}
    some = {"only": "title", "title": "项目", "starts_on": "2030-04-01"}
    yield applicant, to("apply_autosave", draft, "basic"), base_digests_of(draft, "basic") | script | some
    full = a_round(platform=desk.platform)
    asked = a_full_form(full)
    other = planted(desk, State.DRAFT, round=full)
    tables = {
        "team": {"name": "甲", "education": "", "qualification": "", "part": "统筹", "phone": "13800138000"},
        "indicators": {"label": "场次", "target": "12", "unit": "场", "evidence": "签到表"},
        "schedule": {
            "starts_on": "2030-04-01", "ends_on": "2030-04-02", "activity": "走访", "detail": "", "place": "",
            "sessions": "1", "attendance": "20", "responsible": "甲",
        },
    }  # fmt: skip
    for path, row in tables.items():
        count = {f"{path}-TOTAL_FORMS": "1", f"{path}-INITIAL_FORMS": "0", f"{path}-0-ORDER": "1"}
        cells = {f"{path}-0-{name}": value for name, value in row.items()}
        yield applicant, to("apply_step", other, path), base_digests_of(other, path) | count | cells
    given = {"yes_no": "yes", "text": "单位", "number": "8", "money": "1", "date": "2030-01-01", "choice": "入户",
             "choices": "儿童", "paragraph": "分工"}  # fmt: skip
    answers = {f"q{question.pk}": given[kind] for kind, question in asked.items()}
    yield applicant, to("apply_step", other, "more"), base_digests_of(other, "more") | answers
    yield applicant, to("apply_submit", draft), {"version": 0, "declared": "on"}
    yield applicant, to("apply_resubmit", planted(desk, State.RETURNED)), {"version": 0, "declared": "on"}
    activity = {"held_on": day, "topic": "活动", "place": "中心", "attendance": "20", "volunteers": "2"}
    yield applicant, to("apply_activities", world.running), activity
    report = {"progress": "计划 12 场", "problems": "", "beneficiaries": "100", "satisfaction": "95"}
    yield applicant, to("apply_midterm", world.running), report
    yield applicant, to("apply_rectification", planted(desk, State.RECTIFYING)), report
    yield applicant, to("apply_final", planted(desk, State.IN_DELIVERY, midterm_passed_at=now())), report
    expense = {"spent_on": day, "head": "活动费用", "summary": "材料", "amount": "1.00", "voucher_number": "1"}
    yield applicant, to("apply_venture_expenses", world.running), expense
    held = Activity.objects.create(venture=world.running, held_on=day, topic="误录", attendance=1)
    yield applicant, to("apply_activity_reverse", held), {"reason": "人次误录"}
    Award.objects.filter(venture=world.running).update(spent=Decimal(1))
    spent = Expense.objects.create(
        award=Award.objects.get(venture=world.running), spent_on=day, head="活动费用", summary="误录",
        amount=Decimal(1), voucher_number="8",
    )  # fmt: skip
    yield applicant, to("apply_expense_reverse", spent), {"reason": "金额误录"}
    points = {f"item_{i.pk}": str(i.weight) for i in world.in_review.round.rubric.all()}
    for name in ("review_score", "review_save"):
        touched = {"user": desk.expert.pk, "only": [*points, "comment"]} if name == "review_save" else {}
        yield desk.expert, to(name, world.review), points | {"comment": "好"} | touched
    yield desk.expert, to("review_recuse", world.review), {"reason": "other", "note": "同学"}
    yield desk.expert, to("review_declare", planted(desk, State.ELIGIBLE)), {"reason": "other", "note": "同学"}
    to_screen = planted(desk, State.SUBMITTED)
    checks: dict[str, Any] = {"seen": State.SUBMITTED}
    for item in desk.round.check_items.all():
        checks |= {f"met_{item.pk}": "yes", f"evidence_{item.pk}": "证书"}
    for name in ("desk_venture_answer", "desk_venture_accept"):
        yield desk.clerk, to(name, to_screen), checks
    marks = {"seen": State.SUBMITTED, "pin": "plan", "remark_plan": "缺材料", "reason": "请补正"}
    yield desk.clerk, to("desk_venture_return", planted(desk, State.SUBMITTED)), marks
    refusal = {"seen": State.SUBMITTED, "code": "other", "refusal": "缺材料"}
    yield desk.clerk, to("desk_venture_refuse", planted(desk, State.SUBMITTED)), refusal
    message = {"text": "附件三看不清。", "path": "plan"}
    yield desk.clerk, to("desk_venture_remark", to_screen), message
    yield desk.applicant, to("apply_remark", to_screen), message
    yield desk.clerk, reverse("desk_screening_accept"), {"ventures": str(to_screen.pk)}
    midterm = planted(desk, State.MID_TERM)
    for name in ("desk_venture_pass_midterm", "desk_venture_fail_midterm"):
        yield desk.clerk, to(name, midterm), {"assessment": "良好"}
    yield (
        desk.clerk,
        to("desk_venture_pass_final", planted(desk, State.IN_EVALUATION)),
        {"score": "88", "assessment": ""},
    )
    yield desk.clerk, to("desk_venture_waive_showcase", world.evaluated), {"reason": "展期冲突"}
    yield desk.manager, to("desk_venture_close", planted(desk, State.SHOWN)), {"seen": State.SHOWN, "note": "好"}
    yield desk.manager, to("desk_venture_give_up", planted(desk, State.AWARDED)), {"reason": "来函放弃"}
    yield desk.manager, to("desk_venture_promote", planted(desk, State.RESERVE)), {"amount": "100.00"}
    yield desk.clerk, to("desk_venture_remind", world.running), {"x": ""}
    yield desk.clerk, reverse("desk_ventures_remind"), {"ventures": world.running.pk}
    yield desk.manager, to("desk_venture_terminate", world.running), {"reason": "停办"}
    yield desk.manager, to("desk_venture_settle", world.terminating), {"seen": State.TERMINATING}
    yield desk.manager, to("desk_round_publish", proposed_round(desk)), {"closes_on": _soon(), "text": "公示"}
    given = {"objections": world.objection.pk, "reason": "未留真实姓名"}
    yield desk.manager, to("desk_notice_objections", world.objection.notice), given
    yield desk.manager, to("desk_objection_admit", world.objection), {"x": ""}
    for name in ("desk_objection_dismiss", "desk_objection_uphold"):
        yield desk.manager, to(name, world.admitted), {"ruling": "不成立"}
    yield desk.clerk, to("desk_panel", desk.round), {"experts": desk.expert.pk, "due_at": "2030-01-01T10:00"}
    recusal = {"venture": world.in_review.pk, "expert": desk.expert.pk, "reason": "other", "note": "同学"}
    yield desk.clerk, to("desk_recuse", world.in_review.round), recusal
    yield desk.manager, to("desk_ranking", world.in_review.round), {f"amount_{world.in_review.pk}": "100.00"}
    submitted = Review.objects.create(
        venture=world.in_review, expert=a_user(Role.EXPERT), state="submitted", total=Decimal(80), submitted_at=now()
    )
    yield desk.clerk, to("desk_review_unlock", submitted), {"reason": "写错了"}
    yield desk.finance, to("desk_venture_agreement", world.awarded), {"number": "协议9", "signed_on": day}
    yield desk.finance, to("desk_tranche_pay", world.tranche), {"voucher_number": "9", "on": day}
    yield desk.manager, to("desk_venture_claim", world.terminating), {"amount": "10.00", "reason": "未用"}
    back = {"amount": "1.00", "voucher_number": "7", "on": day}
    yield desk.finance, to("desk_venture_recovery", world.terminating), back
    audit = {"auditor": "正信会计师事务所", "number": "审字9号", "issued_on": day}
    yield desk.clerk, to("desk_venture_audit", world.evaluated), audit
    yield desk.finance, to("desk_venture_return_balance", world.evaluated), back
    plan = {
        "name": "成果展", "starts_at": "2030-01-01T10:00", "ends_at": "2030-01-01T12:00", "venue": "中心",
        "shows": desk.round.pk, "introduction": "",
    }  # fmt: skip
    yield desk.clerk, to("desk_showcase_plan"), plan
    yield (
        desk.clerk,
        to("desk_showcase_edit", world.event),
        {k: plan[k] for k in ("name", "starts_at", "ends_at", "venue")},
    )
    yield desk.clerk, to("desk_showcase_cancel", world.event), {"reason": "台风影响"}
    exhibit = {"exhibit-venture": world.running.pk, "exhibit-form": "talk", "exhibit-minutes": "5"}
    yield desk.clerk, to("desk_exhibit_add", world.event), exhibit | {"exhibit-presenter": "负责人"}
    item = {"item-title": "开场", "item-minutes": "5", "item-presenter": "主持人"}
    yield desk.clerk, to("desk_programme_add", world.event), item | {"item-venture": "", "item-launches": ""}
    order = {
        "audience": "office",
        "round": desk.round.pk,
        "platform": desk.platform.pk,
        "as_of": day,
        "sheets": "projects",
    }
    yield desk.clerk, to("desk_reports"), order
    yield from forms_of_pages(desk)


def base_digests_of(venture: Venture, section: str) -> dict[str, str]:
    """The hidden fields of a step: what its page was made from."""
    form = form_of(venture.round)
    paths = [f.path for f in form if f.section == section]
    return {
        f"base_digest-{path}": digest(value) for path, value in ApplicationContent(venture).values(form, paths).items()
    }


def _soon() -> str:
    return (today() + timedelta(10)).isoformat()
