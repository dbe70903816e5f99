"""What every stage of a play needs: the round, who acts, the ventures with their stories, and the clock."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from common import clock
from common.errors import DomainError
from common.work import outbox
from organizations.models import Organization, Place
from rounds.models import Category, CheckItem, Round, RubricItem
from simulation.cast import Cast
from simulation.story import Calendar, RoundStory, SimulationError, VentureStory
from ventures.models import Venture

DESK_PACE = timedelta(minutes=6)  # between one venture and the next on somebody's desk


@dataclass
class Part:
    """A venture and its story."""

    story: VentureStory
    venture: Venture
    applicant: User
    organization: Organization

    @property
    def state(self) -> str:
        return self.venture.state


@dataclass
class Scene:
    story: RoundStory
    round: Round
    cast: Cast
    parts: list[Part] = field(default_factory=list)
    places: dict[str, Place] = field(init=False)
    categories: dict[str, Category] = field(init=False)
    check_items: list[CheckItem] = field(init=False)
    rubric: list[RubricItem] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {p.code: p for p in Place.objects.all()}
        self.categories = {c.name: c for c in self.round.categories.all()}
        self.check_items = list(self.round.check_items.all())
        self.rubric = list(self.round.rubric.all())

    @property
    def calendar(self) -> Calendar:
        return self.story.calendar

    def on_desk(self, name: str, *states: str) -> Iterator[Part]:
        """The parts that are in one of `states` now, one after the other from the moment `name`, with the clock set."""
        waiting = [p for p in self.parts if p.state in states]
        yield from self.paced(waiting, self.calendar.at(name))

    def paced(self, parts: Iterable[Part], start: datetime) -> Iterator[Part]:
        for nth, part in enumerate(parts):
            with clock.at(start + DESK_PACE * nth):
                yield part

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        with clock.at(self.calendar.at(name)):
            yield

    def deliver_messages(self, name: str) -> None:
        """Send what the outbox holds, dated like the stage that caused it."""
        with self.at(name):
            while outbox.drain():
                pass


def must_be_refused(attempt: Any, **facts: Any) -> None:
    """Try what the rules forbid: the door has to say no, or the play stops."""
    try:
        attempt(**facts)
    except DomainError:
        return
    raise SimulationError(f"{attempt.__name__} was not refused")
