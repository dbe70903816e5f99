"""去掉一个最高分和一个最低分: what the panel's scores come to. Pure arithmetic on Decimal, no database.

Source: domain notes, section 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Summary:
    """`mean` is None when there are too few scores; the dropped scores are None when nothing was dropped."""

    valid: int
    mean: Decimal | None
    dropped_high: Decimal | None = None
    dropped_low: Decimal | None = None


def summarize(totals: Sequence[Decimal], *, min_scores: int, trim_from: int) -> Summary:
    """The trimmed mean of the valid totals (points, 0 … 100).

    From `trim_from` scores on, ONE highest and ONE lowest are dropped, also when several are equal; below that the
    plain mean; below `min_scores` no result. Rounded once, at the end, half up, to two places.
    """
    valid = len(totals)
    if valid == 0 or valid < min_scores:
        return Summary(valid, None)
    if not trims(valid, trim_from):
        return Summary(valid, _mean(totals))
    kept = sorted(totals)
    return Summary(valid, _mean(kept[1:-1]), dropped_high=kept[-1], dropped_low=kept[0])


def dropped_places(totals: Sequence[Decimal], *, min_scores: int, trim_from: int) -> frozenset[int]:
    """Which two of `totals` (by index) the score sheet strikes out; the first of equals. Empty when none is dropped."""
    if len(totals) < min_scores or not trims(len(totals), trim_from):
        return frozenset()
    by_total = sorted(range(len(totals)), key=lambda n: (totals[n], n))
    low = by_total[0]
    high = next(n for n in range(len(totals)) if totals[n] == totals[by_total[-1]] and n != low)
    return frozenset({low, high})


def trims(valid: int, trim_from: int) -> bool:
    """Dropping two of two would leave nothing to divide, whatever a round's setting says."""
    return valid >= max(trim_from, 3)


def _mean(totals: Sequence[Decimal]) -> Decimal:
    return (sum(totals, Decimal(0)) / len(totals)).quantize(PLACES, rounding=ROUND_HALF_UP)
