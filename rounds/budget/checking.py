"""Lines of a budget against its rules. Pure: no Django, no rounding before the end. Source of the kinds of limits: the budget
forms among the public rounds that the product was held against.

A rule counts the lines of its heads: with the base `grant` their part of the grant, else their amount. Percent are of its
base: the total of all lines, the grant in them, or the own money in them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

NOTHING = Fraction(0)


class Base(StrEnum):
    TOTAL = "total"
    GRANT = "grant"
    OWN = "own"


class Limit(StrEnum):
    """What a rule may limit, in the order in which it is told."""

    STEPS = "steps"
    MAX_PERCENT = "max_percent"
    MAX_AMOUNT = "max_amount"
    MIN_PERCENT = "min_percent"
    MIN_AMOUNT = "min_amount"

    @property
    def is_least(self) -> bool:
        return self in (Limit.MIN_PERCENT, Limit.MIN_AMOUNT)

    @property
    def is_percent(self) -> bool:
        return self in (Limit.MAX_PERCENT, Limit.MIN_PERCENT)


@dataclass(frozen=True)
class Line:
    """`amount` in 元, of which `grant` is asked for; the rest is own money."""

    head: str
    quantity: Decimal
    amount: Decimal
    grant: Decimal

    def counted(self, base: Base) -> Decimal:
        return self.grant if base == Base.GRANT else self.amount


@dataclass(frozen=True)
class Step:
    """A price per unit (元) for the units up to `to`; without `to` for all that follow."""

    price: Decimal
    to: Decimal | None = None


@dataclass(frozen=True)
class Rule:
    """What may be spent on some heads. `max_amount` 0 bars them."""

    name: str
    heads: frozenset[str]
    base: Base = Base.TOTAL
    min_percent: Decimal | None = None
    max_percent: Decimal | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    steps: Sequence[Step] = ()

    def value(self, limit: Limit) -> Decimal | None:
        """Percent or 元 of a limit; None: the rule has none. Steps are no single value."""
        return None if limit == Limit.STEPS else getattr(self, limit)


@dataclass(frozen=True)
class Finding:
    """A broken limit. `counted`, `allowed` (of a least: what is asked for at least) and how far `beyond` it the lines are, in
    元, exact; `difference` is that, rounded once. `whole` is what percent are of."""

    rule: Rule
    limit: Limit
    counted: Fraction
    allowed: Fraction
    beyond: Fraction
    whole: Fraction

    @property
    def difference(self) -> Decimal:
        return in_cents(self.beyond)


def in_cents(amount: Fraction) -> Decimal:
    """元 with two places, half up."""
    return Decimal(floor(amount * 100 + Fraction(1, 2))).scaleb(-2)


def check(lines: Sequence[Line], rules: Iterable[Rule]) -> list[Finding]:
    """One finding for each broken limit, rule by rule."""
    return [finding for rule in rules for finding in _check(lines, rule)]


def whole_of(lines: Iterable[Line], base: Base) -> Fraction:
    """What percent are of, in 元."""
    match base:
        case Base.TOTAL:
            return sum((Fraction(line.amount) for line in lines), NOTHING)
        case Base.GRANT:
            return sum((Fraction(line.grant) for line in lines), NOTHING)
        case Base.OWN:
            return sum((Fraction(line.amount) - Fraction(line.grant) for line in lines), NOTHING)


def allowed_by(steps: Sequence[Step], quantity: Decimal) -> Fraction:
    """元 for so many units; above a last `to` nothing is added."""
    allowed, begun = NOTHING, Fraction(0)
    for step in steps:
        end = Fraction(quantity) if step.to is None else min(Fraction(quantity), Fraction(step.to))
        if end > begun:
            allowed += (end - begun) * Fraction(step.price)
            begun = end
    return allowed


def _check(lines: Sequence[Line], rule: Rule) -> Iterator[Finding]:
    own = [line for line in lines if line.head in rule.heads]
    counted = sum((Fraction(line.counted(rule.base)) for line in own), NOTHING)
    whole = whole_of(lines, rule.base)

    if rule.steps:
        # Line by line: what one leaves of its price is not another's.
        over = [max(Fraction(n.counted(rule.base)) - allowed_by(rule.steps, n.quantity), NOTHING) for n in own]
        if beyond := sum(over, NOTHING):
            yield Finding(rule, Limit.STEPS, counted, counted - beyond, beyond, whole)
    for limit in Limit:
        if (value := rule.value(limit)) is None:
            continue
        allowed = Fraction(value) * whole / 100 if limit.is_percent else Fraction(value)
        beyond = allowed - counted if limit.is_least else counted - allowed
        if beyond > 0:
            yield Finding(rule, limit, counted, allowed, beyond, whole)
