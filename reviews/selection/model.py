"""What a selection is made of, and what comes of it. Pure: no Django. Amounts in 元 with two places, scores as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Places:
    """How many ventures of a track, a category or a town; `most` None for no end."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Track:
    """A list of its own (组别). `budget` is its own pool, None where it has only the common one. `prizes` are (how many,
    元 each), from the first rank down, and stand instead of ask and cap."""

    id: str
    places: Places = Places()
    budget: Decimal | None = None
    pass_mark: Decimal | None = None
    cap: Decimal | None = None
    prizes: Sequence[tuple[int, Decimal]] = ()

    def prize_at(self, rank: int) -> Decimal | None:
        """The amount of the rank, from 0 on; None when they are used up."""
        for count, amount in self.prizes:
            if rank < count:
                return amount
            rank -= count
        return None


@dataclass(frozen=True)
class Venture:
    """`rank` orders those of one track and one score, smaller first; who has the same is equal. `chosen` is what a
    committee gives it, instead of ask, cap and prize."""

    id: str
    track: str
    score: Decimal
    ask: Decimal = NOTHING
    rank: int = 0
    chosen: Decimal | None = None
    category: str | None = None
    town: str | None = None
    organization: str | None = None


@dataclass(frozen=True)
class Problem:
    """`budget` is common: what any track gives is taken from it. A label that is not named has no limit."""

    budget: Decimal
    tracks: Sequence[Track]
    ventures: Sequence[Venture]
    min_grant: Decimal = NOTHING
    categories: Mapping[str, Places] = field(default_factory=dict)
    towns: Mapping[str, Places] = field(default_factory=dict)
    max_per_organization: int | None = None


class Why(StrEnum):
    """What speaks for an outcome. The sentences are in `words`."""

    ASKED = "asked"
    CAPPED = "capped"
    PRIZE = "prize"
    CHOSEN = "chosen"
    NO_PLACE = "no place"
    NO_PRIZE = "no prize"
    NO_POOL = "no pool"
    NO_BUDGET = "no budget"
    NOT_TOGETHER = "not together"
    NOT_CHOSEN = "not chosen"
    ENDED = "ended"
    CATEGORY = "category"
    TOWN = "town"
    ORGANIZATION = "organization"
    BELOW_MARK = "below the mark"
    BELOW_GRANT = "below the grant"
    TIE = "tie"
    TIE_AT_PRIZES = "tie at prizes"
    TIE_OF_TRACKS = "tie of tracks"


@dataclass(frozen=True)
class Reason:
    """`said` are the names and numbers of its sentence."""

    why: Why
    said: Mapping[str, Any]


class Of(StrEnum):
    """What may have a least number of places, by its name in a problem."""

    TRACKS = "tracks"
    CATEGORIES = "categories"
    TOWNS = "towns"


@dataclass(frozen=True)
class Shortfall:
    """A least number of places that is not met."""

    of: Of
    id: str
    least: int
    taken: int


@dataclass
class Selection:
    """Ids, best first. While some are `tied`, what comes after them is in no list."""

    proposed: dict[str, Decimal] = field(default_factory=dict)
    reserve: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    short: list[Shortfall] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum(self.proposed.values(), NOTHING)
