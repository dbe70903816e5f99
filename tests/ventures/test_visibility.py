"""Who sees which venture: things that could leak are planted first."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from tests.factories import a_place, a_platform, a_round, a_user, a_venture, an_applicant, an_organization
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def planted(db: None) -> SimpleNamespace:
    """A draft and a submitted venture of one's own organization and platform, and the same of somebody else."""
    applicant, organization = an_applicant()
    town = a_platform(name="林埭镇平台", tier="town", place=a_place())
    other = a_platform(name="新埭镇平台", tier="town", place=a_place(code="330482102", name="新埭镇"))
    round_ = a_round()
    mine = {"round": round_, "organization": organization, "platform": town}
    theirs = {"round": round_, "organization": an_organization(), "platform": other}
    return SimpleNamespace(
        applicant=applicant,
        town=town,
        draft=a_venture(**mine),
        submitted=a_venture(State.SUBMITTED, **mine),
        foreign_draft=a_venture(**theirs),
        foreign=a_venture(State.SUBMITTED, **theirs),
    )


def seen(user: object) -> set[int]:
    return set(Venture.objects.visible_to(user).values_list("pk", flat=True))


def test_an_applicant_sees_everything_of_the_own_organization_and_nothing_else(planted: SimpleNamespace) -> None:
    assert seen(planted.applicant) == {planted.draft.pk, planted.submitted.pk}


def test_an_operator_sees_what_was_submitted_on_the_own_platforms(planted: SimpleNamespace) -> None:
    operator = a_user(Role.OPERATOR)
    assert seen(operator) == set()
    planted.town.operators.add(operator)
    assert seen(operator) == {planted.submitted.pk}


@pytest.mark.parametrize("role", [Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN])
def test_the_office_sees_everything_but_drafts(planted: SimpleNamespace, role: str) -> None:
    assert seen(a_user(role)) == {planted.submitted.pk, planted.foreign.pk}


def test_visitors_experts_without_a_task_and_who_has_left_see_nothing(planted: SimpleNamespace) -> None:
    gone = a_user(Role.MANAGER, is_active=False)
    for user in (AnonymousUser(), a_user(Role.EXPERT), gone):
        assert seen(user) == set()
