"""The desk's pages of applying, looked at by axe on real data, at 1280 and 390 px: set-up of a round, screening, register
of organizations, people."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from common.clock import today
from organizations.models import AnnualInspection, Ban, Incubation
from rounds.forms.cards import PAGES
from rounds.models import Question
from rounds.states import RoundState
from tests.factories import a_full_form, a_round
from tests.journeys.looking import WIDE, as_user, drawn, wrong_on
from tests.web.desk_world import make_desk, planted
from ventures import actions
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> SimpleNamespace:
    """A round being prepared, one with its call open, ventures in each state of screening, an organization with records."""
    desk = make_desk()
    preparing = a_round(RoundState.PREPARING, platform=desk.platform)
    a_full_form(preparing)
    open_ = a_round(platform=desk.platform)
    a_full_form(open_)
    mine: dict[str, Any] = {"organization": desk.organization}
    waiting = actions.submit(
        planted(desk, State.DRAFT, round=a_round(platform=desk.platform), **mine), by=desk.applicant
    )
    back = actions.submit(planted(desk, State.DRAFT, round=a_round(platform=desk.platform), **mine), by=desk.applicant)
    actions.return_for_correction(back, by=desk.clerk, fields={"summary": "请写明人数。", "budget": "请补依据。"})
    answered = actions.submit(
        planted(desk, State.DRAFT, round=a_round(platform=desk.platform), **mine), by=desk.applicant
    )
    actions.return_for_correction(answered, by=desk.clerk, fields={"summary": "请写明人数。"})
    actions.save_draft(answered, by=desk.applicant, values={"summary": "服务 200 人。"})
    actions.resubmit(answered, by=desk.applicant)
    day = today()
    records = {
        "inspection": AnnualInspection(year=2019, conclusion="passed"),
        "ban": Ban(reason="终止", from_on=day, until_on=day),
        "incubation": Incubation(platform=desk.platform, entered_on=day),
    }
    for row in records.values():
        row.organization = desk.organization
        row.save()
    question = Question.objects.filter(section__round=preparing).first()
    return SimpleNamespace(
        desk=desk, preparing=preparing, open=open_, waiting=waiting, back=back, answered=answered, question=question,
        **records,
    )  # fmt: skip


def pages_of(world: SimpleNamespace) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Role → the pages that it looks at."""
    p, o = world.preparing.pk, world.desk.organization.pk
    cards = [("desk_round_card", (p, card)) for card in PAGES]
    ventures = (world.waiting.pk, world.back.pk, world.answered.pk)
    return {
        "manager": [
            ("desk_rounds", ()), ("desk_round", (p,)), ("desk_round", (world.open.pk,)), ("desk_round_new", ()),
            ("desk_series_new", ()), ("desk_round_copy", (p,)), ("desk_round_setup", (p,)), *cards,
            ("desk_round_questions", (p,)), ("desk_round_question_new", (p,)),
            ("desk_round_question", (p, world.question.pk)), ("desk_round_preview_public", (p,)),
            ("desk_round_preview", (p, "basic")), ("desk_round_preview", (p, "budget")),
            ("desk_round_preview", (p, "more")), ("desk_round_amend", (world.open.pk,)),
        ],
        "clerk": [
            *[("desk_screening_venture", (pk,)) for pk in (world.waiting.pk, world.answered.pk)],
            *[("desk_venture", (pk,)) for pk in ventures], ("desk_receipt", (world.answered.pk, 2)),
            ("desk_compare", (world.answered.pk,)), ("desk_ventures", ()), ("desk_organizations", ()),
            ("desk_organization", (o,)), ("desk_organization_edit", (o,)), ("desk_organization_imports", ()),
            ("desk_inspections_add", (o,)), ("desk_inspections", (world.inspection.pk,)), ("desk_bans_add", (o,)),
            ("desk_bans", (world.ban.pk,)), ("desk_listings_add", (o,)), ("desk_marks_add", (o,)),
            ("desk_ratings_add", (o,)), ("desk_incubation_add", (o,)), ("desk_enter", (o,)), ("desk_platforms", ()),
        ],
        "admin": [
            ("desk_people", ()), ("desk_people_invite", ()), ("desk_person", (world.desk.clerk.pk,)),
            ("desk_person", (world.desk.applicant.pk,)),
        ],
    }  # fmt: skip


@pytest.mark.parametrize("role", ["manager", "clerk", "admin"])
def test_axe_finds_nothing_on_the_desks_pages_of_applying(chromium, live_server, world, role):
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True)
    page, wrong = context.new_page(), []
    as_user(context, live_server.url, getattr(world.desk, role))
    for name, args in drawn({f"{role} {n} {at[0]}": at for n, at in enumerate(pages_of(world)[role])}):
        path = reverse(name, args=args)
        answer = page.goto(live_server.url + path)
        assert answer.status == 200 and page.url == live_server.url + path, (path, answer.status, page.url)
        wrong += wrong_on(page, path)
    context.close()
    assert wrong == [], "\n".join(wrong)
