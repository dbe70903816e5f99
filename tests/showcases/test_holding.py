from decimal import Decimal

import pytest

from common import clock
from common.errors import Conflict, NotReady
from common.machine.door import move
from common.machine.gates import checklist
from common.models import JournalEntry
from delivery import actions as delivery_actions
from delivery.models import Report
from rounds.models import RubricItem
from rounds.states import RoundState
from showcases import actions
from tests.showcases.steps import (
    NAME,
    STARTS,
    a_shown_venture,
    exhibited,
    held,
    planned,
)
from ventures import actions as ventures_actions
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines


def close_line(venture):
    """The line of this room in the checklist of closure."""
    return next(line for line in checklist(venture, "close") if line.gate.name == "shown_or_waived")


def test_holding_shows_the_evaluated_ventures_and_opens_the_launched_round(world):
    event = planned(world)
    ventures = [exhibited(world, event) for _ in range(3)]
    held(world, event)
    assert {Venture.objects.get(pk=v.pk).state for v in ventures} == {State.SHOWN}
    world.launched.refresh_from_db()
    assert world.launched.state == RoundState.OPEN
    assert event.is_held and event.held_at == STARTS and event.is_public
    assert JournalEntry.objects.of(ventures[0]).get(verb="show").note == NAME


def test_an_event_is_not_held_before_it_begins(world):
    event = planned(world)
    with pytest.raises(Conflict, match="2020-12-07 14:00"):
        actions.hold(event, by=world.clerk)
    assert not event.is_held


def test_what_is_not_evaluated_yet_is_reported_and_recorded_later(world):
    event = planned(world)
    ready, late = exhibited(world, event), exhibited(world, event, State.IN_EVALUATION)
    event = held(world, event)
    assert event.not_evaluated == [late]
    assert Venture.objects.get(pk=ready.pk).state == State.SHOWN
    Report.objects.create(venture=late, kind="final", progress="完成")
    delivery_actions.pass_final(late, by=world.clerk, score=Decimal("80"))
    assert actions.record_showing(late, by=world.clerk).state == State.SHOWN


def test_a_venture_that_was_not_on_show_is_not_recorded_as_shown(world):
    event = planned(world)
    venture = a_shown_venture(world)
    held(world, event)
    with pytest.raises(NotReady, match=str(venture.title)):
        actions.record_showing(venture, by=world.clerk)


def test_an_event_that_is_only_planned_shows_nothing(world):
    venture = exhibited(world, planned(world))
    with pytest.raises(NotReady):
        move(venture, "show", by=world.clerk)


def test_a_round_that_is_not_ready_keeps_the_event_from_being_held_and_is_named(world):
    event = planned(world)
    venture = exhibited(world, event)
    RubricItem.objects.filter(round=world.launched).first().delete()
    with pytest.raises(NotReady, match=str(world.launched)):
        held(world, event)
    event.refresh_from_db()
    assert event.held_at is None
    assert Venture.objects.get(pk=venture.pk).state == State.EVALUATED


def test_a_round_that_is_open_already_stays_open(world):
    event = planned(world)
    move(world.launched, "open", by=world.clerk)
    held(world, event)
    world.launched.refresh_from_db()
    assert world.launched.state == RoundState.OPEN


def test_closure_asks_for_a_showing_or_a_waiver(world):
    event = planned(world)
    shown, waived, neither = (
        exhibited(world, event),
        a_shown_venture(world),
        a_shown_venture(world, State.SHOWN),
    )
    held(world, event)
    ventures_actions.waive_showcase(waived, by=world.clerk, reason="承接单位在外地")
    assert close_line(shown).met
    assert close_line(waived).met
    assert not close_line(neither).met


@pytest.mark.parametrize(("n", "queries"), [(1, 14), (3, 16)])
def test_holding_costs_one_query_more_per_venture(world, n, queries, django_assert_num_queries):
    """The gate is asked for each; rows, journal and outbox are written at once."""
    event = planned(world, launches=[])
    for _ in range(n):
        exhibited(world, event)
    with django_assert_num_queries(queries), clock.at(STARTS):
        actions.hold(event, by=world.clerk)
