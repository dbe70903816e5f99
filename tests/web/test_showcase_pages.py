"""Events, over HTTP."""

import pytest
from django.urls import reverse

from accounts.models import Role
from common import clock
from rounds.states import RoundState
from showcases.models import Event
from tests.factories import a_round, a_user
from tests.showcases.conftest import in_november_2020, world  # noqa: F401  (fixtures)
from tests.showcases.steps import NAME, STARTS, exhibited, planned
from ventures.states import State

pytestmark = pytest.mark.django_db


def test_the_clerk_plans_fills_announces_and_holds_the_event_of_the_seed(client, world):  # noqa: F811
    client.force_login(world.clerk)
    answer = client.post(
        reverse("desk_showcase_plan"),
        {
            "name": NAME,
            "starts_at": "2020-12-07T14:00",
            "ends_at": "2020-12-07T17:00",
            "venue": "社会组织党群服务中心",
            "shows": [world.shown.pk],
            "launches": [world.launched.pk],
            "introduction": "",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    event = Event.objects.get()
    venture = exhibited(world, event)
    answer = client.post(
        reverse("desk_programme_add", args=[event.pk]),
        {"item-title": "成果宣讲", "item-minutes": "8", "item-presenter": "项目负责人", "item-venture": venture.pk},
    )
    assert answer.status_code == 302, answer.content.decode()
    public = reverse("showcase", args=[event.pk])
    client.logout()
    assert client.get(public).status_code == 404
    client.force_login(world.clerk)
    client.post(reverse("desk_showcase_announce", args=[event.pk]))
    early = client.post(reverse("desk_showcase_hold", args=[event.pk]))
    assert early.status_code == 409 and "2020-12-07" in early.content.decode()
    with clock.at(STARTS):
        assert client.post(reverse("desk_showcase_hold", args=[event.pk])).status_code == 302
    venture.refresh_from_db()
    world.launched.refresh_from_db()
    assert venture.state == State.SHOWN
    assert world.launched.state == RoundState.OPEN
    client.logout()
    page = client.get(public).content.decode()
    assert NAME in page and "14:00" in page and venture.title in page and "2020年12月7日(周一)" in page


def test_a_venture_of_a_round_that_is_not_shown_is_refused_at_the_field(client, world):  # noqa: F811
    event = planned(world)
    client.force_login(world.clerk)
    answer = client.post(
        reverse("desk_exhibit_add", args=[event.pk]),
        {"exhibit-venture": "999", "exhibit-form": "board", "exhibit-minutes": "5"},
    )
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.FINANCE, Role.OPERATOR, Role.EXPERT, Role.APPLICANT])
def test_who_may_not_plan(client, world, role):  # noqa: F811
    event = planned(world)
    client.force_login(a_user(role))
    for name in ("desk_showcase_announce", "desk_showcase_hold", "desk_programme_add", "desk_exhibit_add"):
        assert client.post(reverse(name, args=[event.pk])).status_code == 403
    assert not Event.objects.get().is_public


def test_the_list_of_events_asks_the_same_for_one_and_three(client, world, django_assert_num_queries):  # noqa: F811
    for n in (1, 3):
        while Event.objects.count() < n:
            planned(world, name=f"成果展{Event.objects.count()}", shows=[a_round(RoundState.IN_DELIVERY)])
        Event.objects.update(is_public=True)
        with django_assert_num_queries(3):
            client.get(reverse("showcases"))
