"""Returned on some fields: by whatever way somebody writes, exactly these take a change, and the comparison shows them."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import StoredFile
from common.site.comparing import base_digest_name
from organizations.models import Membership
from rounds.models import AttachmentRule, FormSection, Question
from rounds.question_kinds import KINDS
from tests.corpus.parts import pdf
from tests.factories import a_place, a_round, a_user, a_venture, an_applicant
from ventures import actions
from ventures.application.actions.drafts import Locked
from ventures.application.content import ApplicationContent, Field, Form, differences, digest, form_of
from ventures.application.content.fields import Kind
from ventures.application.queries.steps import steps_of
from ventures.models import Answer, Attachment, Correction, Pin, Submission, Venture
from ventures.screening.queries import answered_corrections
from ventures.states import State

pytestmark = pytest.mark.engines

SECTIONS = ("basic", "team", "narrative", "indicators", "schedule", "budget", "files")
_paths = count()
HTTP_SAMPLE = 25  # every so many a case also goes through the pages


@pytest.fixture
def world(db: None) -> Iterator[SimpleNamespace]:
    """A round that asks everything: all sections, a question of each kind, two papers."""
    with translation.override("en"):
        clerk = a_user(Role.CLERK)
        round_ = a_round(max_per_organization=9999)
        for n, slug in enumerate(SECTIONS, 1):
            section = FormSection.objects.create(round=round_, slug=slug, ordinal=n)
            if slug == "narrative":
                for k, kind in enumerate(KINDS, 1):
                    options = ["甲", "乙", "丙"] if kind in {"choice", "choices"} else []
                    Question.objects.create(section=section, ordinal=k, kind=kind, label=f"问题{k}", options=options)
        papers = [AttachmentRule.objects.create(round=round_, ordinal=n, label=f"附件{n}") for n in (1, 2)]
        applicant, organization = an_applicant()
        yield SimpleNamespace(
            clerk=clerk, round=round_, form=form_of(round_), applicant=applicant, organization=organization,
            papers=papers, places=[a_place(code=f"33048210{n}", name=f"镇{n}") for n in range(5)],
        )  # fmt: skip


def a_file(n: int) -> StoredFile:
    return StoredFile.objects.create(
        name=f"证书{n}.pdf", path=f"x/{next(_paths)}", size=10, sha256=f"{n:064x}", kind="pdf", by_name="测试"
    )


def an_answer(question: Question, n: int) -> Any:
    values: dict[str, Any] = {
        "text": f"一行{n}",
        "paragraph": f"一段\n{n}",
        "number": n,
        "money": Decimal(n) / 100,
        "date": date(2020, 1, 1 + n % 28),
        "choice": "甲乙丙"[n % 3],
        "choices": ["甲", "乙", "丙"][: 1 + n % 3],
        "yes_no": bool(n % 2),
    }
    return values[question.kind]


def a_value(world: SimpleNamespace, field: Field, n: int) -> Any:
    """What may be written into a field; another n, another value (within what choices there are)."""
    if field.kind is Kind.ANSWER:
        assert field.question is not None
        return an_answer(field.question, n)
    categories = list(world.round.categories.all())
    amount = Decimal(1000 + n)
    budget = {
        "head": "活动费用", "detail": f"场地{n}", "unit_price": amount, "quantity": Decimal(1), "unit": "场",
        "amount": amount, "from_grant": amount, "from_own": Decimal(0), "basis": "",
    }  # fmt: skip
    days = {"starts_on": date(world.round.year, 4, 2), "ends_on": date(world.round.year, 4, 3 + n % 20)}
    special: dict[str, Any] = {
        "category": categories[n % len(categories)],
        "place": world.places[n % 5],
        "phone": f"138{n % 10**8:08d}",
        "starts_on": date(world.round.year, 3, 1 + n % 28),
        "ends_on": date(world.round.year, 12, 1 + n % 28),
        "team": [{"name": f"成员{n}", "part": "社工"}],
        "indicators": [{"label": f"指标{n}", "target": Decimal(n + 1)}],
        "schedule": [{**days, "activity": f"活动{n}", "sessions": n}],
        "budget": [budget],
    }
    if field.path in special:
        return special[field.path]
    if field.path in {"beneficiaries", "sessions_planned", "attendance_planned"}:
        return n + 1
    return f"{field.label}{n}"


def plant(world: SimpleNamespace, n: int) -> Venture:
    """An application with something in every field, handed in."""
    draft = a_venture(State.DRAFT, round=world.round, organization=world.organization, budget=False)
    values = {f.path: a_value(world, f, 1) for f in world.form if f.kind is not Kind.FILES}
    actions.save_draft(draft, by=world.applicant, values=values)
    Attachment.objects.create(venture=draft, rule=world.papers[0], file=a_file(n * 10))
    return actions.submit(draft, by=world.applicant)


def write(world: SimpleNamespace, venture: Venture, field: Field, n: int) -> None:
    """Change one field by its own way, to something that it does not say yet."""
    if field.kind is Kind.FILES:
        assert field.rule is not None
        actions.attach(venture, by=world.applicant, rule=field.rule, file=a_file(n * 10 + 1 + field.rule.ordinal))
    else:
        actions.save_draft(venture, by=world.applicant, values={field.path: a_value(world, field, 2)})


def check_case(world: SimpleNamespace, n: int, chance: random.Random) -> None:
    venture = plant(world, n)
    paths = set(chance.sample(world.form.paths, chance.randint(1, 5)))
    actions.return_for_correction(venture, by=world.clerk, fields=dict.fromkeys(paths, "请补正"))
    before = ApplicationContent(venture).content
    if n % HTTP_SAMPLE == 0:
        over_http(world, venture, paths)
    locked = set()
    for field in chance.sample(list(world.form), len(world.form.paths)):
        try:
            write(world, venture, field, n)
        except Locked:
            locked.add(field.path)
    for attachment in Attachment.objects.filter(venture=venture, rule=world.papers[0], file__sha256=f"{n * 10:064x}"):
        try:
            actions.detach(attachment, by=world.applicant)
        except Locked:
            assert f"paper{world.papers[0].pk}" not in paths
        else:
            assert f"paper{world.papers[0].pk}" in paths
    assert locked == set(world.form.paths) - paths
    together = {f.path: a_value(world, f, 3) for f in world.form if f.kind is not Kind.FILES}
    if not set(together) <= paths:
        with pytest.raises(Locked):
            actions.save_draft(venture, by=world.applicant, values=together)
    actions.resubmit(venture, by=world.applicant)
    stored = Venture.objects.get(pk=venture.pk)
    assert {d.path for d in differences(before, ApplicationContent(stored).content, world.form)} == paths
    [answered] = answered_corrections(stored)
    assert {p.pin.path for p in answered.pins if p.changed} == paths and not answered.others
    after_it_is_in_again(world, venture)


def after_it_is_in_again(world: SimpleNamespace, venture: Venture) -> None:
    for path in ("title", "plan", "budget", f"paper{world.papers[1].pk}"):
        field = world.form.get(path)
        with pytest.raises(Conflict):
            write(world, venture, field, 0)


def over_http(world: SimpleNamespace, venture: Venture, paths: set[str]) -> None:
    """The same through every page of the form: saved and autosaved, what is locked stays as it is."""
    client = Client()
    client.force_login(world.applicant)
    before = ApplicationContent(venture).values(world.form)
    for section in world.form.sections:
        page = client.get(reverse("apply_step", args=[venture.pk, section.slug]))
        assert page.status_code == 200
        sent: dict[str, Any] = {"only": [f.path for f in section.fields], "user": world.applicant.pk}
        for f in section.fields:
            sent |= {f.path: f"改{f.path}", base_digest_name(f.path): digest(before[f.path])}
        for name in ("apply_autosave", "apply_step"):
            answer = client.post(reverse(name, args=[venture.pk, section.slug]), sent)
            assert answer.status_code < 500
        check_untouched(world.form, venture, before, paths)
        stored = ApplicationContent(Venture.objects.get(pk=venture.pk)).values(world.form)
        taken = {f.path for f in section.fields if f.kind is Kind.NARRATIVE and stored[f.path] == f"改{f.path}"}
        assert taken <= paths
        for path in {f.path for f in section.fields if f.kind is Kind.NARRATIVE} & paths:
            base = {base_digest_name(path): digest(stored[path])}
            only = {"only": path, "user": world.applicant.pk, path: "改了", **base}
            client.post(reverse("apply_autosave", args=[venture.pk, section.slug]), only)
            assert ApplicationContent(Venture.objects.get(pk=venture.pk)).values(world.form, [path]) == {path: "改了"}
    for rule in world.papers:
        file = SimpleUploadedFile("x.pdf", pdf(), "application/pdf")
        assert client.post(reverse("apply_attach", args=[venture.pk, rule.pk]), {"file": file}).status_code < 500
    for attachment in Attachment.objects.filter(venture=venture):
        if f"paper{attachment.rule_id}" not in paths:
            assert client.post(reverse("apply_detach", args=[attachment.pk])).status_code in {409, 404}
    check_untouched(world.form, venture, before, paths)


def check_untouched(form: Form, venture: Venture, before: dict[str, Any], paths: set[str]) -> None:
    after = ApplicationContent(Venture.objects.get(pk=venture.pk)).values(form)
    changed = {path for path in form.paths if after[path] != before[path]}
    assert changed <= paths, f"changed though locked: {changed - paths}"


def test_returned_applications_take_changes_exactly_where_they_are_marked(world: SimpleNamespace) -> None:
    chance = random.Random(20201207)
    for n in range(HTTP_SAMPLE - 9, HTTP_SAMPLE + 1):
        check_case(world, n, chance)


@pytest.mark.slow
@pytest.mark.timeout(3000)
# Each move is a transaction of its own, as on the site: inside a single one PostgreSQL never learns how its tables grow.
@pytest.mark.django_db(transaction=True)
def test_a_thousand_returned_applications_take_changes_exactly_where_they_are_marked(world: SimpleNamespace) -> None:
    chance = random.Random(19211123)
    for n in range(1, 1001):
        check_case(world, n, chance)
    assert Correction.objects.exclude(answered_by=None).count() == 1000


def test_a_page_of_a_returned_application_posts_what_is_open_and_keeps_the_rest(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充", "team": ""})
    over_http(world, venture, {"plan", "team"})


def test_each_pin_keeps_its_label_and_a_correction_can_not_be_open_twice(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    correction = actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充"})
    assert Pin.objects.get(correction=correction).label == world.form.get("plan").label
    assert correction.submission == Submission.objects.get(venture=venture)
    with pytest.raises(Conflict):
        actions.return_for_correction(venture, by=world.clerk, fields={"goals": ""})


def test_unchanged_pins_are_told_apart_from_changed_ones(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充", "goals": "请量化"})
    actions.save_draft(venture, by=world.applicant, values={"plan": "补充了。"})
    actions.resubmit(venture, by=world.applicant)
    [answered] = answered_corrections(venture)
    assert {p.pin.path: p.changed for p in answered.pins} == {"plan": True, "goals": False}
    assert answered.pins[1].difference is None or answered.pins[0].difference is None


def test_data_of_the_organization_stay_as_handed_in_unless_the_correction_opens_them(world: SimpleNamespace) -> None:
    for opened in ({"plan": "请补充"}, {"plan": "请补充", "organization": "账号有误"}):
        venture = plant(world, 1)
        actions.return_for_correction(venture, by=world.clerk, fields=opened)
        actions.save_draft(venture, by=world.applicant, values={"plan": "补充了"})
        world.organization.bank_account = f"8888777766665555{len(opened)}"
        world.organization.save()
        actions.resubmit(Venture.objects.get(pk=venture.pk), by=world.applicant)
        [answered] = answered_corrections(Venture.objects.get(pk=venture.pk))
        assert answered.others == []
        assert [p.pin.path for p in answered.pins if p.changed] == list(opened)


def test_a_correction_in_which_nothing_has_changed_is_answered_by_a_word_or_not_at_all(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充"})
    with pytest.raises(NotReady, match="Nothing has changed in the field"):
        actions.resubmit(Venture.objects.get(pk=venture.pk), by=world.applicant)
    actions.remark(venture, by=world.applicant, text="计划已完整,无需补充。")
    actions.resubmit(Venture.objects.get(pk=venture.pk), by=world.applicant)
    assert Venture.objects.get(pk=venture.pk).state == State.SUBMITTED


def test_a_step_is_marked_until_each_of_its_returned_fields_has_changed(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充", "goals": "请量化"})

    def marked() -> dict[str, list[str]]:
        row = Venture.objects.get(pk=venture.pk)
        return {s.slug: [p.path for p in s.returned] for s in steps_of(row) if s.returned}

    assert marked() == {"narrative": ["goals", "plan"]}
    actions.save_draft(venture, by=world.applicant, values={"plan": "补充了"})
    assert marked() == {"narrative": ["goals"]}
    actions.save_draft(venture, by=world.applicant, values={"goals": "服务 200 人"})
    assert marked() == {}


def test_what_was_returned_once_is_not_withdrawn_into_a_draft_that_is_open_in_every_field(
    world: SimpleNamespace,
) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充"})
    actions.save_draft(venture, by=world.applicant, values={"plan": "补充了"})
    actions.resubmit(venture, by=world.applicant)
    with pytest.raises(NotReady, match="returned for correction"):
        actions.withdraw(Venture.objects.get(pk=venture.pk), by=world.applicant)


def test_a_reader_of_the_organization_changes_nothing(world: SimpleNamespace) -> None:
    venture = plant(world, 1)
    actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充"})
    reader = a_user()
    Membership.objects.create(user=reader, organization=world.organization, part="reader")
    with pytest.raises(NotAllowed):
        actions.save_draft(venture, by=reader, values={"plan": "偷改"})
    with pytest.raises(Invalid):
        actions.save_draft(venture, by=world.applicant, values={"q999999": "没有这一项"})
    assert Answer.objects.filter(venture=venture).count() == len(KINDS)
