"""Walk a plan to its end: the smallest award is cut, and one venture goes from its agreement to its closure.

Source of the rules: tranches are paid one after the other, each after what it waits for; what is paid on signing is paid
before delivery begins, and all of them before the venture is closed (gates of funding).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rounds.money_plan.cutting import CENT, cut
from rounds.money_plan.model import AFTER, Event, Plan, Tranche, Trigger

WHOLE = Decimal(100)


class Why(StrEnum):
    """Why a plan can not be walked."""

    SHARES = "shares"  # they are not 100 %
    TWO_SIZES = "two_sizes"
    NO_SIZE = "no_size"
    NOT_THE_REST = "not_the_rest"
    NOTHING = "nothing"  # of the smallest grant nothing would be paid
    NO_DAY = "no_day"
    NO_SUCH_DAY = "no_such_day"  # it waits for something else
    TOO_EARLY = "too_early"
    BACKWARDS = "backwards"
    NEVER = "never"

    @property
    def is_contradiction(self) -> bool:
        """No further row and no other number elsewhere would mend it."""
        return self in {Why.TWO_SIZES, Why.NO_SUCH_DAY, Why.NEVER}


@dataclass(frozen=True)
class Failure:
    """Where a plan stops: `event` None before the agreement; `nth` tranche from 0 and the `column` it is told at; `other` is the
    one that is in its way; `number` in percent or 元."""

    why: Why
    event: Event | None = None
    nth: int | None = None
    column: str = ""
    other: int | None = None
    number: Decimal = Decimal(0)
    day: date | None = None


@dataclass(frozen=True)
class Step:
    """What has happened, and which tranches (from 0) it lets be paid with how much."""

    event: Event
    paid: dict[int, Decimal]


@dataclass
class Walk:
    steps: list[Step] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def is_to_the_end(self) -> bool:
        return not self.failures


def walk(plan: Plan) -> Walk:
    """Its steps, and every place where it stops; none: each award of at least `plan.least` comes to closure."""
    found = Walk()
    found.failures += [*_sizes(plan), *_days(plan)]
    amounts = cut(plan.least, plan.tranches)
    waiting = dict(enumerate(plan.tranches))
    for event in plan.life:
        for nth in [n for n, tranche in waiting.items() if AFTER.get(tranche.trigger) is event]:
            if before := _in_the_way(nth, waiting, plan):
                found.failures.append(Failure(Why.BACKWARDS, event, nth, "trigger", other=before[0]))
                del waiting[nth]
        if event is Event.CLOSING:
            found.failures += [
                Failure(Why.NEVER, event, n, "trigger") for n, t in waiting.items() if not _comes(t, plan)
            ]  # fmt: skip
        paid = _paid(waiting, event, plan)
        found.steps.append(Step(event, {n: amounts[n] for n in paid}))
    return found


def _in_the_way(nth: int, waiting: dict[int, Tranche], plan: Plan) -> list[int]:
    """Of those before it the ones that come later; a day is waited for, but not before delivery begins."""
    of_a_day = plan.tranches[nth].trigger is Trigger.AGREEMENT
    earlier = [n for n in waiting if n < nth and _comes(waiting[n], plan)]
    event = AFTER[plan.tranches[nth].trigger]
    return [
        n for n in earlier if (of_a_day if waiting[n].trigger is Trigger.DATE else AFTER[waiting[n].trigger] != event)
    ]


def _comes(tranche: Tranche, plan: Plan) -> bool:
    return tranche.trigger is Trigger.DATE or AFTER[tranche.trigger] in plan.life


def _paid(waiting: dict[int, Tranche], event: Event, plan: Plan) -> list[int]:
    """The next ones whose turn it is, taken out of those that wait."""
    gone = plan.life[: plan.life.index(event) + 1]
    found: list[int] = []
    for nth, tranche in list(waiting.items()):
        if tranche.trigger is not Trigger.DATE and AFTER[tranche.trigger] not in gone:
            break
        del waiting[nth]
        found.append(nth)
    return found


def _sizes(plan: Plan) -> Iterator[Failure]:
    """Percent or amount, the last what remains, and something of the smallest grant for each."""
    last = len(plan.tranches) - 1
    percents = sum((t.percent or Decimal(0) for t in plan.tranches), Decimal(0))
    fixed = any(t.amount is not None for t in plan.tranches)
    if not plan.tranches:
        yield Failure(Why.SHARES, column="percent")
        return
    told = False
    for n, tranche in enumerate(plan.tranches):
        if tranche.percent is not None and tranche.amount is not None:
            yield Failure(Why.TWO_SIZES, None, n, "amount", number=tranche.amount)
        elif tranche.is_the_rest and n != last:
            yield Failure(Why.NO_SIZE, None, n, "percent")
        elif n == last and fixed and not tranche.is_the_rest:
            yield Failure(Why.NOT_THE_REST, None, n, "amount" if tranche.amount is not None else "percent")
        else:
            continue
        told = True
    if not told and not fixed and percents != WHOLE and not (plan.tranches[last].is_the_rest and percents < WHOLE):
        yield Failure(Why.SHARES, None, last, "percent", number=percents)
        told = True
    amounts = cut(plan.least, plan.tranches)
    for n, amount in enumerate(amounts):
        if not told and amount < CENT:
            yield Failure(Why.NOTHING, None, n, "percent", number=sum(amounts[:n], Decimal(0)))


def _days(plan: Plan) -> Iterator[Failure]:
    before: int | None = None
    for n, tranche in enumerate(plan.tranches):
        if tranche.trigger is not Trigger.DATE:
            if tranche.on is not None:
                yield Failure(Why.NO_SUCH_DAY, None, n, "planned_on", day=tranche.on)
        elif tranche.on is None:
            yield Failure(Why.NO_DAY, None, n, "planned_on")
        elif plan.signed_after is not None and tranche.on <= plan.signed_after:
            yield Failure(Why.TOO_EARLY, Event.SIGNING, n, "planned_on", day=tranche.on)
        else:
            earlier = plan.tranches[before].on if before is not None else None
            if earlier is not None and tranche.on < earlier:
                yield Failure(Why.BACKWARDS, Event.SIGNING, n, "planned_on", other=before)
            before = n
