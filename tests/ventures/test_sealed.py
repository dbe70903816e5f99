"""A sealed round: until the call is over the desk knows how many there are, and opens none by any way."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from common import clock
from common.clock import now
from common.errors import NotReady
from common.models import record
from tests.factories import a_round, a_user, a_venture, an_applicant, answer_all_checks
from tests.web.desk_world import body, signed_in
from ventures import actions
from ventures.eligibility.duplicates import matches
from ventures.models import Venture
from ventures.search_index import index_venture
from ventures.states import State

pytestmark = pytest.mark.engines

SECRET = "密封的题目"
STAFF = (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN, Role.OPERATOR)


@pytest.fixture
def sealed(db: None) -> SimpleNamespace:
    """One application of a sealed round, handed in, findable, with something in the journal."""
    applicant, organization = an_applicant()
    round_ = a_round(sealed=True)
    venture = a_venture(State.SUBMITTED, round=round_, organization=organization, title=SECRET)
    answer_all_checks(venture)
    record(venture, "remark", by=applicant)
    index_venture(venture.pk)
    return SimpleNamespace(applicant=applicant, organization=organization, round=round_, venture=venture)


def a_reader(role: Role, venture: Venture) -> Any:
    user = a_user(role)
    if role == Role.OPERATOR:
        venture.platform.operators.add(user)
    return user


def pages(client: Client, sealed: SimpleNamespace) -> list[str]:
    """Every page of the desk on which the venture could stand."""
    pk = sealed.venture.pk
    return [
        reverse("desk_home"),
        reverse("desk_ventures"),
        f"{reverse('desk_ventures')}?q={sealed.organization.name}",
        reverse("desk_venture", args=[pk]),
        reverse("desk_screening"),
        f"{reverse('desk_screening')}?q={sealed.organization.name}",
        reverse("desk_screening_venture", args=[pk]),
        reverse("desk_pdf", args=[pk]),
        reverse("desk_compare", args=[pk]),
        reverse("desk_round", args=[sealed.round.pk]),
        reverse("desk_rounds"),
        reverse("desk_organization", args=[sealed.organization.pk]),
        reverse("desk_journal"),
    ]


@pytest.mark.parametrize("role", STAFF, ids=str)
def test_nobody_of_the_desk_finds_it_before_the_deadline(sealed: SimpleNamespace, role: Role) -> None:
    user = a_reader(role, sealed.venture)
    client = signed_in(user)
    assert not Venture.objects.visible_to(user).exists()
    for url in pages(client, sealed):
        answer = client.get(url, follow=True)
        text = body(answer) if "html" in answer.get("Content-Type", "") else ""
        assert answer.status_code in {200, 403, 404} and SECRET not in text, url
    for name in ("desk_venture", "desk_screening_venture", "desk_pdf", "desk_compare"):
        assert client.get(reverse(name, args=[sealed.venture.pk])).status_code == 404, name


def test_after_the_deadline_it_is_open(sealed: SimpleNamespace) -> None:
    clerk = a_user(Role.CLERK)
    with clock.at(sealed.round.closes_at):
        assert not Venture.objects.visible_to(clerk).exists()
    with clock.at(sealed.round.closes_at + timedelta(seconds=1)):
        assert Venture.objects.visible_to(clerk).get() == sealed.venture
        assert SECRET in body(signed_in(clerk).get(reverse("desk_screening_venture", args=[sealed.venture.pk])))


def test_the_desk_sees_how_many_there_are(sealed: SimpleNamespace) -> None:
    text = body(signed_in(a_user(Role.CLERK)).get(reverse("desk_round", args=[sealed.round.pk])))
    assert "已有 1 份申报书提交" in text


def test_nothing_is_decided_before_the_deadline_by_any_way(sealed: SimpleNamespace) -> None:
    clerk = a_user(Role.CLERK)
    for decide in (
        lambda: actions.accept(sealed.venture, by=clerk),
        lambda: actions.accept_many([sealed.venture], by=clerk),
        lambda: actions.refuse(sealed.venture, by=clerk, reason="不符"),
        lambda: actions.return_for_correction(sealed.venture, by=clerk, fields={"plan": "补"}),
    ):
        with pytest.raises(NotReady, match="stay sealed until"):
            decide()


def test_the_applicant_sees_her_own_and_who_enters_one_for_an_applicant_goes_on_seeing_it(
    sealed: SimpleNamespace,
) -> None:
    assert Venture.objects.visible_to(sealed.applicant).get() == sealed.venture
    clerk, other = a_user(Role.CLERK), a_user(Role.CLERK)
    entered = actions.start(by=clerk, round=sealed.round, organization=sealed.organization, title="代录的项目")
    assert Venture.objects.visible_to(clerk).get() == entered
    assert not Venture.objects.visible_to(other).exists()
    assert now() < sealed.round.closes_at


def test_what_is_sealed_is_compared_with_nothing(sealed: SimpleNamespace) -> None:
    twin = a_venture(State.SUBMITTED, organization=sealed.organization, title=sealed.venture.title)
    assert matches(twin) == []
    with clock.at(sealed.round.closes_at + timedelta(seconds=1)):
        assert [match.venture for match in matches(twin)] == [sealed.venture]
