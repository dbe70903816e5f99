import pytest

from common.errors import Conflict, Invalid, NotAllowed
from showcases import actions
from showcases.models import Event
from tests.factories import a_venture, moment
from tests.showcases.steps import (
    ENDS,
    NAME,
    STARTS,
    a_shown_venture,
    exhibited,
    held,
    planned,
)
from ventures.states import State

pytestmark = pytest.mark.engines


def test_one_event_shows_one_round_and_launches_another(world):
    event = planned(world)
    assert (event.name, list(event.shows.all()), list(event.launches.all())) == (
        NAME,
        [world.shown],
        [world.launched],
    )
    assert not event.is_public


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("name", {"name": "  "}),
        ("venue", {"venue": ""}),
        ("ends_at", {"starts_at": ENDS, "ends_at": STARTS}),
        ("shows", {"shows": [], "launches": []}),
    ],
)
def test_a_plan_is_checked_field_by_field(world, field, facts):
    with pytest.raises(Invalid) as e:
        planned(world, **facts)
    assert list(e.value.fields) == [field]
    assert not Event.objects.exists()


def test_a_round_is_not_shown_and_launched_at_once(world):
    with pytest.raises(Invalid) as e:
        planned(world, launches=[world.shown])
    assert str(world.shown) in e.value.fields["launches"][0]


@pytest.mark.parametrize("role", ["finance", "applicant"])
def test_only_clerks_and_managers_plan_and_hold(world, role):
    with pytest.raises(NotAllowed):
        planned(world, by=getattr(world, role))
    event = planned(world)
    for verb in (actions.announce, actions.hold):
        with pytest.raises(NotAllowed):
            verb(event, by=getattr(world, role))


def test_only_ventures_of_a_round_that_is_shown_are_exhibited(world):
    stranger = a_venture(State.EVALUATED, round=world.launched)
    with pytest.raises(Invalid) as e:
        actions.add_exhibit(planned(world), by=world.clerk, venture=stranger, form="board")
    assert str(world.launched) in e.value.fields["venture"][0]


@pytest.mark.parametrize("state", [State.NOT_SELECTED, State.ON_NOTICE, State.TERMINATED])
def test_ventures_without_an_award_are_not_exhibited(world, state):
    with pytest.raises(Invalid):
        exhibited(world, planned(world), state)


def test_a_venture_is_on_show_once_per_event(world):
    event = planned(world)
    venture = exhibited(world, event)
    with pytest.raises(Invalid) as e:
        actions.add_exhibit(event, by=world.clerk, venture=venture, form="film")
    assert list(e.value.fields) == ["venture"]


@pytest.mark.parametrize(("field", "facts"), [("form", {"form": "dance"}), ("minutes", {"minutes": 0})])
def test_an_exhibit_has_a_form_and_a_time(world, field, facts):
    with pytest.raises(Invalid) as e:
        actions.add_exhibit(
            planned(world),
            by=world.clerk,
            venture=a_shown_venture(world),
            **{"form": "board", **facts},
        )
    assert list(e.value.fields) == [field]


def test_a_programme_line_launches_only_what_the_event_launches(world):
    event = planned(world)
    assert actions.add_programme_item(event, by=world.clerk, title="发布", launches=world.launched).ordinal == 1
    with pytest.raises(Invalid) as e:
        actions.add_programme_item(event, by=world.clerk, title=" ", launches=world.shown, minutes=0)
    assert set(e.value.fields) == {"title", "launches", "minutes"}


def test_an_event_is_public_from_its_announcement_on(world):
    event = planned(world)
    assert list(Event.objects.visible_to(world.applicant)) == []
    assert list(Event.objects.visible_to(world.clerk)) == [event]
    actions.announce(event, by=world.clerk)
    actions.announce(event, by=world.clerk)
    assert list(Event.objects.visible_to(world.applicant)) == [event]


def test_lines_and_exhibits_can_be_taken_off_and_material_comes_in(world):
    event = planned(world)
    exhibited(world, event)
    exhibit = event.exhibits.get()
    assert actions.receive_material(exhibit, by=world.clerk).material_received
    actions.remove_exhibit(exhibit, by=world.clerk)
    item = actions.add_programme_item(event, by=world.clerk, title="致辞")
    actions.remove_programme_item(item, by=world.clerk)
    assert not event.exhibits.exists() and not event.programme.exists()


def test_what_was_held_does_not_change_any_more(world):
    event = planned(world)
    venture = a_shown_venture(world)
    held(world, event)
    for change in (
        lambda: actions.add_exhibit(event, by=world.clerk, venture=venture, form="board"),
        lambda: actions.add_programme_item(event, by=world.clerk, title="致辞"),
        lambda: actions.change(event, by=world.clerk, venue="另一处"),
        lambda: held(world, event),
    ):
        with pytest.raises(Conflict, match="2020-12-07 14:00"):
            change()


def test_a_plan_changes_until_the_day(world):
    event = actions.change(
        planned(world),
        by=world.clerk,
        venue=" 市文化馆 ",
        ends_at=moment("2020-12-07 18:00"),
    )
    assert event.venue == "市文化馆"
    with pytest.raises(Invalid):
        actions.change(event, by=world.clerk, ends_at=STARTS)
