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
from rounds.models import Category, CheckItem, Question, Round, RubricItem
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
    questions: dict[str, str] = field(init=False)  # label of an extra question → its path in the form
    rubric: list[RubricItem] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {p.code: p for p in Place.objects.all()}
        self.categories = {c.name: c for c in self.round.categories.all()}
        self.check_items = list(self.round.check_items.all())
        self.questions = {q.label: f"q{q.pk}" for q in Question.objects.filter(section__round=self.round)}
        self.rubric = list(self.round.rubric.all())

    @property
    def calendar(self) -> Calendar:
        return self.story.calendar

    def calendar_of(self, part: Part) -> Calendar:
        """The round's calendar with the moments that are the venture's own."""
        own = part.story.moments
        return Calendar({**self.calendar.moments, **own}) if own else self.calendar

    def path_of(self, question: str) -> str:
        """Where an extra question of the round stands in the form, by its label."""
        try:
            return self.questions[question]
        except KeyError:
            raise SimulationError(f"{self.round}: question {question}?") from None

    def on_desk(self, name: str, *states: str) -> Iterator[Part]:
        """The parts that are in one of `states` now, one after the other from the moment `name`, with the clock set."""
        yield from self.in_turn([p for p in self.parts if p.state in states], name)

    def in_turn(self, parts: Iterable[Part], name: str) -> Iterator[Part]:
        """The same for these parts."""
        for nth, part in enumerate(parts):
            with clock.at(self.calendar_of(part).at(name) + DESK_PACE * nth):
                yield part

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
