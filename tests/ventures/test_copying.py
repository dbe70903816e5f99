"""Beginning from an earlier application, and entering one for an applicant (代录)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role
from common.errors import Conflict, NotAllowed
from rounds.models import FormSection, Question, Round
from tests.factories import a_round, a_user, a_venture, an_applicant, an_organization
from ventures import actions
from ventures.application.queries.steps import application_of, is_offered_copy
from ventures.models import ScheduleLine, Venture

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def with_questions(round_: Round) -> Question:
    for n, slug in enumerate(("basic", "narrative", "schedule", "budget"), 1):
        section = FormSection.objects.create(round=round_, slug=slug, ordinal=n)
    return Question.objects.create(section=section, ordinal=1, kind="text", label="合作单位")


@pytest.fixture
def world() -> SimpleNamespace:
    user, organization = an_applicant()
    old_round, round_ = a_round(year=2025), a_round(year=2026)
    old_question, question = with_questions(old_round), with_questions(round_)
    source = a_venture(round=old_round, organization=organization)
    actions.save_draft(source, by=user, values={f"q{old_question.pk}": "某社区", "summary": "去年的简介"})
    ScheduleLine.objects.create(
        venture=source, ordinal=1, starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 31), activity="开班"
    )
    draft = actions.start(by=user, round=round_, organization=organization, title="今年的项目")
    return SimpleNamespace(user=user, organization=organization, source=source, draft=draft, question=question)


def test_empty_fields_are_filled_and_what_is_written_stays(world: SimpleNamespace) -> None:
    actions.save_draft(world.draft, by=world.user, values={"needs": "今年新写的需求"})
    actions.copy_from(world.draft, by=world.user, source=world.source)
    draft = Venture.objects.get(pk=world.draft.pk)
    assert draft.title == "今年的项目"
    assert draft.application.needs == "今年新写的需求"
    assert draft.application.summary == "去年的简介"
    assert draft.requested == world.source.requested
    assert draft.budget_lines.count() == 2
    assert draft.category is not None
    assert draft.category.round_id == draft.round_id
    assert draft.schedule.get().starts_on == date(2026, 5, 1)
    assert draft.answers.get(question=world.question).value == "某社区"
    assert draft.starts_on is None


def test_only_an_application_of_the_same_organization_that_one_sees_is_copied(world: SimpleNamespace) -> None:
    strange = a_venture(round=world.draft.round, organization=an_organization())
    with pytest.raises(NotAllowed):
        actions.copy_from(world.draft, by=world.user, source=strange)
    second = an_organization(members=[world.user])
    with pytest.raises(Conflict):
        actions.copy_from(world.draft, by=world.user, source=a_venture(organization=second))


def test_the_page_copies_and_says_how_many_fields(world: SimpleNamespace, client: Any) -> None:
    client.force_login(world.user)
    url = reverse("apply_copy", args=[world.draft.pk])
    assert world.source.title in client.get(url).content.decode()
    assert client.post(url, {"source": world.source.pk}).status_code == 302
    assert Venture.objects.get(pk=world.draft.pk).application.summary == "去年的简介"


def test_a_clerk_enters_an_application_and_it_is_marked(client: Any) -> None:
    clerk, organization, round_ = a_user(Role.CLERK), an_organization(), a_round()
    client.force_login(clerk)
    answer = client.post(reverse("desk_enter", args=[organization.pk]), {"round": round_.pk, "title": "代录的项目"})
    venture = Venture.objects.get(title="代录的项目")
    assert answer.status_code == 302
    assert venture.entered_by_staff
    actions.save_draft(venture, by=clerk, values={"summary": "照纸质材料录入"})
    assert client.get(reverse("apply_step", args=[venture.pk, "narrative"])).status_code == 200


def test_staff_do_not_write_in_an_application_that_the_applicant_has_begun(world: SimpleNamespace) -> None:
    with pytest.raises(NotAllowed):
        actions.save_draft(world.draft, by=a_user(Role.CLERK), values={"summary": "越权"})


def test_an_expert_or_a_stranger_enters_nothing(client: Any) -> None:
    organization = an_organization()
    for role in (Role.EXPERT, Role.APPLICANT, Role.SUPERVISOR):
        client.force_login(a_user(role))
        assert client.get(reverse("desk_enter", args=[organization.pk])).status_code == 403


def test_copying_is_offered_where_nothing_is_written_and_something_was_before() -> None:
    __, organization = an_applicant()
    first = a_venture(organization=organization, narrative=False)
    assert not is_offered_copy(first, application_of(first)), "there is nothing to copy from"
    second = a_venture(organization=organization)
    assert is_offered_copy(first, application_of(first))
    assert not is_offered_copy(second, application_of(second)), "it has a narrative of its own"
