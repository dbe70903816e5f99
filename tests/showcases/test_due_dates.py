"""By when a venture is shown: the day of the event at which it is planned."""

from datetime import date
from typing import Any

import pytest

from common import clock
from common.machine.due import due_dates
from showcases import actions
from tests.factories import moment
from tests.showcases.steps import a_shown_venture, exhibited, planned
from ventures.models import Venture

pytestmark = pytest.mark.engines


def test_a_venture_is_due_on_the_day_of_its_event_until_the_event_is_held(world: Any) -> None:
    event = planned(world)
    venture = exhibited(world, event)
    a_shown_venture(world)  # at no event: nobody has said when
    found = due_dates(Venture.objects.all(), world.clerk, only={"showcase"})
    assert [(d.thing, d.on) for d in found] == [(venture.pk, date(2020, 12, 7))]
    with clock.at(moment("2020-12-07 18:00")):
        actions.hold(event, by=world.clerk)
    assert due_dates(Venture.objects.all(), world.clerk, only={"showcase"}) == []
