"""The set-up of a round as it is stored: what each card shows, its digest, and how far the round is."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime

from common.clock import now
from common.text import plain
from rounds.cards import CARDS, all_points
from rounds.cards.amendable import said
from rounds.cards.card import Card
from rounds.eligibility_kinds.groups import grouped, in_words
from rounds.models import Question, Round, Series
from rounds.states import RoundState

MOST_SHOWN = 12  # open calls and running notices on a front page; each has a page with all

QUESTION = (
    "section_id", "kind", "label", "help_text", "required", "options", "max_length", "asked_if_id", "asked_if_value",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A card as it is stored: its tables by their related names, the keys of its towns."""

    facts: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Of the card's own table."""
        return next(iter(self.tables.values()), [])

    @property
    def digest(self) -> str:
        """Changes with any word or number of the card: who saves over another one's change is told."""
        told = [self.facts, self.tables, self.places]
        text = json.dumps(told, default=_told, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def _told(value: Any) -> str:
    # 30 and 30.00 are the same number, and a moment is the same in every time zone it is written in.
    if isinstance(value, datetime):
        return localtime(value).isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def stored(round_: Round, card: str) -> Stored:
    """A query for each table of the card, and one for the places."""
    spec = CARDS[card]
    facts = {name: getattr(round_, name) for name in spec.facts}
    tables = {table.related: table.rows_of(round_) for table in spec.tables}
    places = sorted(round_.places.values_list("pk", flat=True)) if spec.keeps_places else []
    return Stored(facts, tables, places)


def question_digest(question: Question) -> str:
    return Stored({name: getattr(question, name) for name in QUESTION}).digest


def questions_of(round_: Round) -> list[Question]:
    """In the order in which they are asked. One query."""
    return list(
        Question.objects.filter(section__round=round_)
        .select_related("section", "asked_if")
        .order_by("section__ordinal", "ordinal")
    )


@dataclass
class CardLine:
    """A card in the list beside the page; pages add their `url`."""

    card: Card
    points: list[str]
    url: str = ""

    @property
    def slug(self) -> str:
        return self.card.slug

    @property
    def label(self) -> Any:
        return self.card.label

    @property
    def is_done(self) -> bool:
        return not self.points


def whole(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """With everything that the cards check, in a fixed number of queries."""
    read = dict.fromkeys(name for card in CARDS.values() for name in card.reads)
    return rounds.select_related("series", "platform").prefetch_related(*read)


def cards_of(round_: Round) -> list[CardLine]:
    found = all_points(round_)
    return [CardLine(card, found[slug]) for slug, card in CARDS.items()]


@dataclass(frozen=True)
class Progress:
    """How complete a round in preparation is."""

    complete: int
    total: int = len(CARDS)

    @property
    def is_whole(self) -> bool:
        return self.complete == self.total


def progress(rounds: Sequence[Round]) -> dict[int, Progress]:
    """Round → how complete, for those of `rounds` that are in preparation: the same queries for one and for many."""
    preparing = [r.pk for r in rounds if r.state == RoundState.PREPARING]
    found = whole(Round.objects.filter(pk__in=preparing)) if preparing else ()
    return {r.pk: Progress(sum(not points for points in all_points(r).values())) for r in found}


def next_editions() -> list[tuple[Series, int]]:
    """Every series with the edition that comes next. One query."""
    return [(s, (s.last or 0) + 1) for s in Series.objects.annotate(last=Max("rounds__edition")).order_by("code")]  # type: ignore[attr-defined]


def sources() -> list[Round]:
    """Rounds to copy from, the newest first. One query."""
    return list(Round.objects.select_related("series").order_by("-opens_at", "-pk")[:20])


def proposed() -> dict[str, Any]:
    """What a round from nothing takes over from the last one: where, who. {} for the first."""
    last = Round.objects.order_by("-opens_at", "-pk").first()
    return {"city": last.city, "platform": last.platform_id, "host": last.host} if last else {}


def counts_of(round_: Round) -> list[tuple[Any, int]]:
    """What a copy of the round takes along: the table in words, and how many rows. One query for each."""
    return [line for card in CARDS.values() for line in card.counts(round_)]


# --- What every applicant is told -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What a round asks of applicants beside the application: for its public page."""

    rules: list[str]  # who may apply
    papers: list[tuple[str, str, bool]]  # paper, hint, whether it must be there
    places: list[str]
    stamp_required: bool

    def __bool__(self) -> bool:
        return bool(self.rules or self.papers or self.places or self.stamp_required)


def asked_of_applicants(round_: Round) -> Asked:
    """Three queries."""
    return Asked(
        rules=[in_words(group) for group in grouped(round_.eligibility_rules.all())],
        papers=[(p.label, p.help_text, p.required) for p in round_.attachment_rules.all()],
        places=[str(place) for place in round_.places.all()],
        stamp_required=round_.stamp_required,
    )


# --- Two at one card ------------------------------------------------------------------------------------------------


def told_apart(labels: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Field by field, what another one has saved and what was typed here, where the two differ."""
    return [
        {"label": labels.get(name, name), "theirs": said(value), "yours": said(yours.get(name))}
        for name, value in theirs.items()
        if said(value) != said(yours.get(name))
    ]


# --- What everybody may ask -----------------------------------------------------------------------------------------


def public_rounds() -> Any:
    return Round.objects.public().select_related("series")


def open_rounds() -> list[Round]:
    """Rounds whose call is open or about to open, the nearest deadlines first; the page of rounds has them all. One query."""
    return list(public_rounds().filter(state=RoundState.OPEN, closes_at__gte=now()).order_by("closes_at")[:MOST_SHOWN])
