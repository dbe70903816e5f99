"""What can be asked about events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from common.clock import now
from rounds.models import Round
from showcases.models import Event, Events, Exhibit, ProgrammeItem


@dataclass(frozen=True)
class Slot:
    """A line of the programme with its time: the event's start and the minutes of the lines before it."""

    item: ProgrammeItem
    starts_at: datetime
    ends_at: datetime


def programme_of(event: Event) -> list[Slot]:
    """议程 with times. 1 query."""
    slots, at = [], event.starts_at
    for item in event.programme.select_related("venture__organization", "launches__series"):
        until = at + timedelta(minutes=item.minutes)
        slots.append(Slot(item, at, until))
        at = until
    return slots


def overrun(event: Event, programme: Sequence[Slot]) -> timedelta:
    """By how much the programme runs past the end of the event; zero or less when it fits. No query."""
    return (programme[-1].ends_at if programme else event.starts_at) - event.ends_at


def exhibits_of(event: Event) -> QuerySet[Exhibit]:
    """Ventures shown, in their order, with organization and round. 1 query."""
    return event.exhibits.select_related("venture__organization", "venture__category", "venture__round__series")


def public_events() -> Events:
    """Announced events, the latest first, with their rounds. 3 queries for any number."""
    return with_rounds(Event.objects.filter(is_public=True))


def next_event() -> Event | None:
    """The announced event that is on or comes next. 3 queries."""
    return public_events().to_come().filter(ends_at__gte=now()).order_by("starts_at").first()


def with_rounds(events: Events) -> Events:
    """The same with the rounds that each shows and launches: 2 queries more."""
    rounds = Round.objects.select_related("series")
    return events.prefetch_related(Prefetch("shows", rounds), Prefetch("launches", rounds))
