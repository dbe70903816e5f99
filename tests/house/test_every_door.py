"""Every URL, requested as every role, on things that are theirs, not theirs and not there: nobody opens a door that the
rules keep shut, and nothing breaks (no 5xx)."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import Role
from common.checks import patterns
from common.web import PUBLIC
from reviews.models import Review
from showcases.models import Event, Exhibit, ProgrammeItem
from tests.factories import a_place, a_platform, a_round, a_user, a_venture, an_applicant
from tests.showcases.steps import ENDS, STARTS
from ventures.models import Notice, NoticeLine, Objection
from ventures.states import RoundState, State

pytestmark = pytest.mark.django_db

ROLES = [None, *Role]
NOT_THERE = 999_999


@pytest.fixture
def doors():
    found = list(patterns())
    assert len(found) > 90
    return found


@pytest.fixture
def world():
    """One of everything, belonging to an organization of its own."""
    __, organization = an_applicant()
    round_ = a_round(RoundState.IN_REVIEW)
    expert = a_user(Role.EXPERT)
    venture = a_venture(State.IN_REVIEW, round=round_, organization=organization)
    noticed = a_venture(State.ON_NOTICE, round=round_, organization=organization)
    review = Review.objects.create(venture=venture, expert=expert)
    notice = Notice.objects.create(
        round=round_, title="公示", opens_on=STARTS.date(), closes_on=ENDS.date(), working_days=1
    )
    NoticeLine.objects.create(notice=notice, venture=noticed, ordinal=1, amount=noticed.awarded)
    objection = Objection.objects.create(notice=notice, venture=noticed, name="市民", contact="1", text="理由")
    event = Event.objects.create(name="成果展", starts_at=STARTS, ends_at=ENDS, venue="中心", is_public=True)
    event.shows.add(round_)
    exhibit = Exhibit.objects.create(event=event, venture=noticed, ordinal=1)
    item = ProgrammeItem.objects.create(event=event, ordinal=1, title="开场")
    a_platform(name="林埭镇平台", tier="town", place=a_place())
    return SimpleNamespace(
        ids={
            "ventures": venture.pk,
            "screening": venture.pk,
            "rounds": round_.pk,
            "reviews": review.pk,
            "notices": notice.pk,
            "objections": objection.pk,
            "showcases": event.pk,
            "exhibits": exhibit.pk,
            "programme": item.pk,
            "organizations": organization.pk,
            "tranches": NOT_THERE,
            "reports": NOT_THERE,
        }
    )


def urls(route, ids):
    """The route with ids filled in: of the world, and of nothing."""
    filled = route.replace("<slug:step>", "budget").replace("<str:receipt>", "no-such-receipt")
    noun = re.search(r"(\w+)/<int:pk>", filled)
    if not noun:
        return [filled]
    return [filled.replace("<int:pk>", str(pk)) for pk in (ids[noun.group(1)], NOT_THERE)]


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_no_role_opens_a_door_that_is_not_its_own(doors, world, role):
    client = Client(raise_request_exception=False)
    user = None
    if role:
        user = a_user(role)
        client.force_login(user)
    wrong = []
    for route, pattern in doors:
        policy = pattern.callback.policy
        if pattern.name in {"logout", "set_language"}:
            continue
        for url in urls(route, world.ids):
            for method in ("get", "post"):
                answer = getattr(client, method)(url)
                told = f"{method.upper()} {url} as {role}: {answer.status_code}"
                if answer.status_code >= 500:
                    wrong.append(told)
                elif policy == PUBLIC:
                    if answer.status_code in {401, 403}:
                        wrong.append(told)
                elif user is None:
                    if answer.status_code != 302 or "/login/" not in answer["Location"]:
                        wrong.append(told)
                elif not user.has_perm(policy) and answer.status_code != 403:
                    wrong.append(told)
    assert not wrong, "\n".join(wrong)


def test_an_applicant_finds_nothing_of_another_organization(doors, world):
    client = Client()
    client.force_login(an_applicant()[0])
    for route, pattern in doors:
        if route.startswith(("/apply/ventures/", "/apply/organizations/<")):
            url = urls(route, world.ids)[0]
            for method in ("get", "post"):
                status = getattr(client, method)(url).status_code
                assert status in {404, 405}, f"{method} {url} ({pattern.name}): {status}"


def test_an_operator_finds_nothing_of_another_platform(doors, world):
    client = Client()
    operator = a_user(Role.OPERATOR)
    a_platform(name="另一个平台").operators.add(operator)
    client.force_login(operator)
    for route, pattern in doors:
        if route.startswith("/desk/ventures/<"):
            status = client.get(urls(route, world.ids)[0]).status_code
            assert status in {403, 404, 405}, f"{route} ({pattern.name}): {status}"
