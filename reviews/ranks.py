"""Ranks over a whole round, and where ties are left. Pure, no database. Source: domain notes, section 3."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Contender:
    """A venture with a result. `breakers` are the mean points of the rubric's tie-breaking criteria 1, 2, 3, exact."""

    pk: int
    mean: Decimal
    breakers: tuple[Fraction, ...]
    requested: Decimal

    @property
    def merit(self) -> tuple[Decimal | Fraction, ...]:
        """Smaller is better: higher mean, then higher points of each breaker, then the lower request (元)."""
        return (-self.mean, *(-points for points in self.breakers), self.requested)


@dataclass(frozen=True)
class Place:
    """`tied`: equal after every breaker. Such a tie is the committee's to decide, never the number's or the id's."""

    rank: int
    tied: bool


def rank(contenders: Iterable[Contender]) -> dict[int, Place]:
    """Venture id → place. Equals share a rank and the next rank is skipped (1, 2, 2, 4)."""
    by_merit: dict[tuple[Decimal | Fraction, ...], list[int]] = {}
    for contender in contenders:
        by_merit.setdefault(contender.merit, []).append(contender.pk)
    places: dict[int, Place] = {}
    for merit in sorted(by_merit):
        equals = by_merit[merit]
        place = Place(rank=len(places) + 1, tied=len(equals) > 1)
        places.update(dict.fromkeys(equals, place))
    return places
