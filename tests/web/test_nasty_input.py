"""Every form of the site, sent with what nobody means to type: it is refused with a sentence or stored, never a 5xx.

What was accepted is also shown: a value that can be stored but not rendered would break the page for everybody.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from common.clock import now, today
from funding.actions import sign_agreement
from funding.models import Award, Tranche
from reviews.flows import hand_out
from reviews.models import Panel, PanelMember, Recusal, Review
from showcases.models import Event
from tests.factories import PASSWORD, a_credit_code, a_full_form, a_round, a_user
from tests.web.desk_world import an_objection, make_desk, on_notice, planted, proposed_round
from ventures.content import Written, digest, form_of
from ventures.models import Venture
from ventures.states import RoundState, State

pytestmark = pytest.mark.django_db

LONG = "长" * 5001
NASTY = (
    # Text: characters that engines or XML refuse, that vanish when cleaned, that mean something to somebody.
    "", " ", "\u3000", "\x00", "a\x00b", "\u202e", "\ufeff", "\u200b", "\x1b[31m", "\r\n", "\u2028", "\ufffe", "\ud7ff",
    "😀" * 80, "e\u0301" * 100, "ﷺ" * 60, "％" * 60, LONG, "<script>alert(1)</script>", "'\"><img src=x onerror=a()>",
    "{{ 7|add:7 }}{% debug %}", "%(name)s %s %", "' OR 1=1 --", "\\", "../../etc/passwd", "=1+1", "《》",
    "a" * 64 + "@" + "b.".join(["c" * 50] * 4) + ".org",
    # Numbers: too large for a column, for an index, for the printer; no numbers at all.
    "-1", "0", "0.001", "1e5", "1e999999", "-1e999999", "1e-999999", "9" * 11, "9" * 12, "999999999999.99", "9" * 19,
    "9223372036854775808", "-9223372036854775809", "9" * 30, "9" * 4400, "NaN", "sNaN", "Infinity", "-Infinity", "0x1f",
    "１２３", "١٢٣", "²", "①", "1,000", "1_000", "--1", "True", "on", "null", "[]",
    # Days: the ends of the calendar, of the working-day calendar, and days that are none.
    "0001-01-01", "9999-12-31", "2020-02-30", "1900-01-01", "2999-01-01", "20200101", "2020-1-1", "0001-01-01T00:00",
    "9999-12-31T23:59", "2020-01-01T24:00", "0000-00-00",
)  # fmt: skip
# What has broken something somewhere, by the kind of field; sent to each field alone, with good values in the others.
WORST = {
    "day": ("0001-01-01", "9999-12-31"),
    "number": ("999999999999.99", "9" * 19, "9" * 4400, "1e999999"),
    "text": ("\x00", "\u202e", LONG),
}


def kind_of(value: Any) -> str:
    """Of a field, by the good value of it."""
    text = str(value)
    if text[:2] == "20" and text[4:5] == "-":
        return "day"
    return "number" if text.replace(".", "").isdecimal() else "text"


@pytest.fixture
def world() -> SimpleNamespace:
    desk = make_desk()
    desk.round.closes_at = now() + timedelta(days=5)
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
    """Who posts what to where, as it would be accepted."""
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
    facts = seen_of(draft, "basic") | {
        "title": "项目", "category": draft.category_id, "place": draft.place_id, "leader": "李四",
        "phone": "13800138000", "starts_on": "2030-04-01", "ends_on": "2030-11-30", "beneficiaries": "200",
        "sessions_planned": "12", "attendance_planned": "600",
    }  # fmt: skip
    yield applicant, to("apply_step", draft, "basic"), facts
    words = ("summary", "needs", "goals", "plan", "innovation", "sustainability", "risks", "party_building", "outcomes")
    chosen = {"mine": "summary", "theirs-summary": "0" * 12}
    yield applicant, to("apply_step", draft, "words"), chosen | seen_of(draft, "words") | dict.fromkeys(words, "文字")
    budget = seen_of(draft, "budget") | {
        "budget-rows": "1", "budget-0-category": "activity", "budget-0-detail": "材料", "budget-0-unit_price": "100",
        "budget-0-quantity": "2", "budget-0-unit": "次", "budget-0-from_own": "0", "budget-0-basis": "",
    }  # fmt: skip
    yield applicant, to("apply_step", draft, "budget"), budget
    many = {"budget-0-unit_price": "999999999999.99", "budget-0-quantity": "99999999"}
    yield applicant, to("apply_step", draft, "budget"), budget | many
    script = {"user": applicant.pk, "page": "p1", "turn": "1"}
    yield applicant, to("apply_autosave", draft, "budget"), budget | script | {"only": "budget"}
    some = {"only": "title", "title": "项目", "starts_on": "2030-04-01"}
    yield applicant, to("apply_autosave", draft, "basic"), seen_of(draft, "basic") | script | some
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
        cells = {f"{path}-0-{name}": value for name, value in row.items()}
        yield applicant, to("apply_step", other, path), seen_of(other, path) | {f"{path}-rows": "1"} | cells
    given = {"yes_no": "yes", "text": "单位", "number": "8", "money": "1", "date": "2030-01-01", "choice": "入户",
             "choices": "儿童", "paragraph": "分工"}  # fmt: skip
    answers = {f"q{question.pk}": given[kind] for kind, question in asked.items()}
    yield applicant, to("apply_step", other, "more"), seen_of(other, "more") | answers
    yield applicant, to("apply_submit", draft), {"version": 0, "declared": "on"}
    yield applicant, to("apply_resubmit", planted(desk, State.RETURNED)), {"version": 0, "declared": "on"}
    activity = {"held_on": day, "topic": "活动", "place": "中心", "attendance": "20", "volunteers": "2"}
    yield applicant, to("apply_activities", world.running), activity
    report = {"progress": "计划 12 场", "problems": "", "beneficiaries": "100", "satisfaction": "95"}
    yield applicant, to("apply_midterm", world.running), report
    yield applicant, to("apply_rectification", planted(desk, State.RECTIFYING)), report
    yield applicant, to("apply_final", planted(desk, State.IN_DELIVERY, midterm_passed_at=now())), report
    expense = {"spent_on": day, "category": "activity", "summary": "材料", "amount": "1.00", "voucher_number": "1"}
    yield applicant, to("apply_venture_expenses", world.running), expense
    points = {f"item_{i.pk}": str(i.weight) for i in world.in_review.round.rubric.all()}
    for name in ("review_score", "review_save"):
        yield desk.expert, to(name, world.review), points | {"comment": "好"}
    yield desk.expert, to("review_recuse", world.review), {"reason": "other", "words": "同学"}
    yield desk.expert, to("review_declare", planted(desk, State.ELIGIBLE)), {"reason": "other", "words": "同学"}
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
    yield desk.manager, to("desk_venture_terminate", world.running), {"reason": "停办"}
    yield desk.manager, to("desk_venture_settle", world.terminating), {"seen": State.TERMINATING}
    yield desk.manager, to("desk_round_publish", proposed_round(desk)), {"closes_on": _soon(), "text": "公示"}
    yield desk.manager, to("desk_objection_admit", world.objection), {"x": ""}
    for name in ("desk_objection_dismiss", "desk_objection_uphold"):
        yield desk.manager, to(name, world.admitted), {"ruling": "不成立"}
    yield desk.clerk, to("desk_panel", desk.round), {"experts": desk.expert.pk, "due_at": "2030-01-01T10:00"}
    recusal = {"venture": world.in_review.pk, "expert": desk.expert.pk, "reason": "other", "words": "同学"}
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
    yield desk.finance, to("desk_venture_return_balance", world.evaluated), back
    plan = {
        "name": "成果展", "starts_at": "2030-01-01T10:00", "ends_at": "2030-01-01T12:00", "venue": "中心",
        "shows": desk.round.pk, "introduction": "",
    }  # fmt: skip
    yield desk.clerk, to("desk_showcase_plan"), plan
    exhibit = {"exhibit-venture": world.running.pk, "exhibit-form": "talk", "exhibit-minutes": "5"}
    yield desk.clerk, to("desk_exhibit_add", world.event), exhibit | {"exhibit-presenter": "负责人"}
    item = {"item-title": "开场", "item-minutes": "5", "item-presenter": "主持人"}
    yield desk.clerk, to("desk_programme_add", world.event), item | {"item-venture": "", "item-launches": ""}
    order = {"round": desk.round.pk, "platform": desk.platform.pk, "as_of": day, "sheets": "projects"}
    yield desk.clerk, to("desk_reports"), order


def seen_of(venture: Venture, section: str) -> dict[str, str]:
    """The hidden fields of a step: what its page was made from."""
    form = form_of(venture.round)
    paths = [f.path for f in form if f.section == section]
    return {f"seen-{path}": digest(value) for path, value in Written(venture).values(form, paths).items()}


def _soon() -> str:
    return (today() + timedelta(10)).isoformat()


class Undo(Exception):
    """What was sent is taken back: the next value meets the same world."""


def sent(client: Client, url: str, data: dict[str, Any]) -> list[str]:
    """Answers, and pages that they lead to, that are our fault."""
    wrong = []
    try:
        with transaction.atomic():
            answer = client.post(url, data)
            if answer.status_code >= 500:
                wrong.append(f"POST {url}: {answer.status_code}")
            elif answer.status_code == 302 and answer["Location"].startswith("/"):
                page = client.get(answer["Location"])
                if page.status_code >= 500:
                    wrong.append(f"GET {answer['Location']} after POST {url}: {page.status_code}")
            raise Undo
    except Undo:
        pass
    return wrong


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def broken(world: SimpleNamespace, values_of: Callable[[Any], Iterable[str]]) -> list[str]:
    """What breaks when each field of each form gets each of its values, with good ones in the other fields."""
    wrong = []
    clients: dict[User, Client] = {}
    for user, url, data in forms(world):
        if user and user not in clients:
            clients[user] = signed_in(user)
        for name, good in data.items():
            for value in values_of(good):
                client = clients[user] if user else signed_in(None)  # registering logs in
                wrong += [f"{told} with {name}={value[:20]!r}" for told in sent(client, url, data | {name: value})]
    return wrong


def test_no_field_of_the_site_breaks_on_what_has_broken_others(world: SimpleNamespace) -> None:
    wrong = broken(world, lambda good: WORST[kind_of(good)])
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_field_of_the_site_breaks_on_anything_nasty(world: SimpleNamespace) -> None:
    wrong = broken(world, lambda good: NASTY)
    assert not wrong, "\n".join(wrong)


def test_good_values_are_not_refused_so_that_the_nasty_ones_get_past_the_other_fields(world: SimpleNamespace) -> None:
    refused = []
    for user, url, data in forms(world):
        with transaction.atomic():
            status = signed_in(user).post(url, data).status_code
            transaction.set_rollback(True)
        if status == 422 and "login" not in url and "99999999" not in str(data):
            refused.append(url)
    assert not refused


FILTERS = {
    "desk_journal": ("before", "by", "words", "kind", "since", "until"),
    "desk_ventures": ("before", "q", "round", "state", "platform"),
    "desk_delivery": ("before", "q", "round", "platform"),
    "desk_organizations": ("before", "q", "place", "management"),
    "desk_closures": ("before",),
    "desk_notices": ("before",),
    "notices": ("before",),
    "my_notifications": ("before",),
}


@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_in_an_address_breaks_a_list(world: SimpleNamespace, name: str) -> None:
    client = signed_in(world.desk.manager)
    for field in FILTERS[name]:
        # A pattern of 50,000 characters is more than SQLite compares with.
        for value in (*WORST["day"], *WORST["number"], *WORST["text"], "²", "%" * 60_000):
            assert client.get(reverse(name), {field: value}).status_code == 200, (field, value[:20])


def test_an_e_mail_address_longer_than_its_column_is_refused_at_the_field(world: SimpleNamespace) -> None:
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".example.org"
    __, url, data = next(f for f in forms(world) if f[1] == reverse("register"))
    assert len(long) > 254 - 10
    answer = signed_in(None).post(url, data | {"email": long.replace("@", "@" + "c" * 30 + ".")})
    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors


def test_a_name_of_characters_that_nobody_sees_is_no_name(world: SimpleNamespace) -> None:
    __, url, data = next(f for f in forms(world) if f[1] == reverse("register"))
    answer = signed_in(None).post(url, data | {"name": "\u202e\ufeff"})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


def test_the_remark_of_a_closure_that_can_not_be_stored_is_told_at_its_field(world: SimpleNamespace) -> None:
    venture = planted(world.desk, State.SHOWN)
    answer = signed_in(world.desk.manager).post(reverse("desk_venture_close", args=[venture.pk]), {"note": "a\x00b"})
    assert answer.status_code == 422
    assert "note" in answer.context["form"].errors


def test_an_expert_whose_recusal_is_not_understood_is_told_so(world: SimpleNamespace) -> None:
    given = {"reason": "other", "words": "同" * 201}
    answer = signed_in(world.desk.expert).post(reverse("review_recuse", args=[world.review.pk]), given)
    assert answer.status_code == 422
    assert not Recusal.objects.exists()


def test_a_session_cookie_that_spells_nul_is_no_session(db: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = ""
    client.cookies["sessionid"].set("sessionid", "", r'"\000aaaaaaaaaaaa"')
    assert client.get(reverse("home")).status_code == 200
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        f"/rounds/{'9' * 30}/", f"/rounds/{'9' * 5000}/", "/objections/%00/", "/objections/1:%FF/", "/x%00", "/%ED%A0%80",
        f"/notices/{'9' * 25}/object/", f"/desk/ventures/{'9' * 25}/", f"/desk/reports/{'9' * 25}/download/",
    ],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(world: SimpleNamespace, path: str) -> None:
    assert signed_in(world.desk.manager).get(path).status_code == 404


@pytest.mark.parametrize("url", ["//evil.example", "https:evil.example", "\x00//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_site_after_logging_in(url: str) -> None:
    user = a_user()
    answer = Client().post(reverse("login"), {"username": user.username, "password": PASSWORD, "next": url})
    assert answer["Location"] == reverse("me")
