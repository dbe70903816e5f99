"""Events, over HTTP."""

import pytest
from django.urls import reverse

from accounts.models import Role
from common import clock
from common.models import JournalEntry
from rounds.states import RoundState
from showcases import actions
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
    assert NAME in page and "14:00" in page and venture.title in page and "2020年12月7日（周一）" in page


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


def test_name_time_and_place_of_an_event_are_changed_until_it_is_held(client, world):  # noqa: F811
    event = planned(world)
    actions.announce(event, by=world.clerk)
    client.force_login(world.clerk)
    url = reverse("desk_showcase_edit", args=[event.pk])
    page = client.get(url).content.decode()
    assert NAME in page and "2020-12-07T14:00" in page
    given = {
        "name": NAME,
        "starts_at": "2020-12-08T14:00",
        "ends_at": "2020-12-08T13:00",
        "venue": "市民广场",
        "introduction": "",
    }
    refused = client.post(url, given)
    assert refused.status_code == 422 and "市民广场" in refused.content.decode()
    assert client.post(url, given | {"ends_at": "2020-12-08T17:00"}).status_code == 302
    public = client.get(reverse("showcase", args=[event.pk])).content.decode()
    assert "市民广场" in public and "2020年12月8日" in public
    assert JournalEntry.objects.of(event).last().facts["fields"] == "ends_at, starts_at, venue"
    client.force_login(world.finance)
    assert client.get(url).status_code == 403


def test_a_cancelled_event_stays_to_be_read_and_holds_nothing(client, world):  # noqa: F811
    event = planned(world)
    venture = exhibited(world, event)
    actions.announce(event, by=world.clerk)
    client.force_login(world.clerk)
    url = reverse("desk_showcase_cancel", args=[event.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "台风影响"}).status_code == 302
    with clock.at(STARTS):
        for name in ("hold", "announce"):
            told = client.post(reverse(f"desk_showcase_{name}", args=[event.pk]))
            assert told.status_code == 409 and "已取消" in told.content.decode()
        desk = client.get(reverse("desk_showcase", args=[event.pk])).content.decode()
        assert "台风影响" in desk and reverse("desk_showcase_hold", args=[event.pk]) not in desk
    venture.refresh_from_db()
    assert venture.state == State.EVALUATED
    client.logout()
    public = client.get(reverse("showcase", args=[event.pk])).content.decode()
    assert "台风影响" in public and "已取消" in public
    assert NAME not in client.get("/").content.decode(), "what does not take place is not the next event"


def test_the_irreversible_step_of_an_event_is_offered_from_its_beginning_on_and_is_not_the_filled_button(client, world):  # noqa: F811
    event = planned(world)
    client.force_login(world.clerk)
    hold = reverse("desk_showcase_hold", args=[event.pk])
    page = reverse("desk_showcase", args=[event.pk])
    assert hold not in client.get(page).content.decode()
    with clock.at(STARTS):
        shown = client.get(page).content.decode()
    button = shown[shown.index(f'action="{hold}"') :].split("</form>")[0]
    assert "btn-outline-danger" in button and "btn-primary" not in button
