"""An event as the seed page has it, and playing its day."""

from typing import Any

from common import clock
from showcases import actions
from showcases.models import Event
from tests.factories import a_venture, moment
from ventures.models import Venture
from ventures.states import State

STARTS = moment("2020-12-07 14:00")
ENDS = moment("2020-12-07 17:00")
NAME = "首届红色创投成果展暨第四届公益创投发布会"


def planned(world: Any, **more: Any) -> Event:
    facts = {
        "by": world.clerk, "name": NAME, "starts_at": STARTS, "ends_at": ENDS, "venue": "社会组织党群服务中心",
        "shows": [world.shown], "launches": [world.launched],
    }  # fmt: skip
    return actions.plan(**{**facts, **more})


def a_shown_venture(world: Any, state: str = State.EVALUATED) -> Venture:
    return a_venture(state, narrative=False, budget=False, round=world.shown)


def exhibited(world: Any, event: Event, state: str = State.EVALUATED) -> Venture:
    venture = a_shown_venture(world, state)
    actions.add_exhibit(
        event,
        by=world.clerk,
        venture=venture,
        form="talk",
        minutes=8,
        presenter="项目负责人",
    )
    return venture


def held(world: Any, event: Event) -> Event:
    with clock.at(STARTS):
        return actions.hold(event, by=world.clerk)
