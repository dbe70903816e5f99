"""Tranches out of an award."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from rounds.money_plan.model import Tranche

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")


def cut(award: Decimal, tranches: Sequence[Tranche]) -> list[Decimal]:
    """What of an award (元) each tranche comes to: percent half up to the cent, never more than is left; the last takes what
    remains, so that nothing is lost by rounding. 10,000.01 at 50 %, 33.33 % and 16.67 % are 5,000.01 + 3,333.00 + 1,667.00."""
    left, found = award, []
    for n, tranche in enumerate(tranches, 1):
        found.append(left if n == len(tranches) else min(left, _wanted(award, tranche)))
        left -= found[-1]
    return found


def shares(award: Decimal, tranches: Sequence[Tranche]) -> list[Decimal]:
    """Percent of the award of each tranche, as the plan says it or worked out to two places; what remains is 100 less the
    others, so that they add up."""
    found: list[Decimal] = []
    for tranche, amount in zip(tranches, cut(award, tranches), strict=True):
        worked_out = 100 - sum(found, NOTHING) if tranche.is_the_rest else _to_cents(amount * 100 / award)
        found.append(worked_out if tranche.percent is None else tranche.percent)
    return found


def _wanted(award: Decimal, tranche: Tranche) -> Decimal:
    if tranche.amount is not None:
        return tranche.amount
    return _to_cents(award * (tranche.percent or 0) / 100)


def _to_cents(number: Decimal) -> Decimal:
    return number.quantize(CENT, rounding=ROUND_HALF_UP)
