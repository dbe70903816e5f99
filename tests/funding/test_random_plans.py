"""Money plans by chance: what set-up accepts is walked to closure through the public doors, what is spoiled it refuses."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest
from django.utils.timezone import make_aware

from common import clock
from common.machine.door import move
from common.money import ZERO
from delivery.models import Activity
from funding import actions
from funding.queries import money_of
from rounds.cards import open_points
from rounds.models import Round, TrancheRule
from rounds.money_plan.model import Plan, Tranche, Trigger
from tests.corpus.draw import SEED, WHOLE
from tests.factories import moment
from tests.funding.steps import NOW, award_of, evaluated_as_is, midterm_passed, pay, signed, spend
from ventures import actions as ventures_actions
from ventures.models import Venture
from ventures.states import State

PLANS = 200 if WHOLE else 8
LEAST, CAP = Decimal("100.00"), Decimal("50000.00")
CALL_ENDS, CALL = date(2020, 4, 30), {"opens_at": moment("2020-03-02 09:00"), "closes_at": moment("2020-05-01 00:00")}


def drawn(rng: Random) -> Plan:
    """A plan that holds together: in the order of a venture's life, days anywhere but before what is paid on signing."""
    has_mid_term = rng.random() < 0.7
    life = [t for t in Trigger if t is not Trigger.DATE and (has_mid_term or t is not Trigger.MID_TERM)]
    triggers = sorted(rng.choices(life, k=rng.randint(1, 5)), key=life.index)
    for __ in range(rng.choice((0, 0, 1, 2))):
        triggers.insert(rng.randint(triggers.count(Trigger.AGREEMENT), len(triggers)), Trigger.DATE)
    days = iter(sorted(CALL_ENDS + timedelta(rng.randint(1, 500)) for __ in triggers))
    shares = _shares(len(triggers), rng)
    tranches = [
        Tranche(f"第{n}期", trigger, share, on=next(days) if trigger is Trigger.DATE else None)
        for n, (trigger, share) in enumerate(zip(triggers, shares, strict=True), 1)
    ]
    if rng.random() < 0.6:  # amounts: as much of the smallest grant as the share was, and the last what remains
        tranches = [replace(t, percent=None, amount=t.percent) if rng.random() < 0.6 else t for t in tranches[:-1]] + [
            replace(tranches[-1], percent=None)
        ]
    return Plan(tranches, LEAST, has_mid_term, CALL_ENDS)


def _shares(n: int, rng: Random) -> list[Decimal]:
    """So many percents, to two places, that add up to 100."""
    edges = sorted(rng.sample(range(100, 9900, 7), n - 1))
    return [Decimal(b - a) / 100 for a, b in zip([0, *edges], [*edges, 10000], strict=True)]


def spoiled(plan: Plan, rng: Random) -> tuple[Plan, str]:
    """One thing of it made wrong, and a word of the sentence that refuses it."""
    tranches = list(plan.tranches)
    nth = rng.randrange(len(tranches))
    kinds = ["too much", "late signing", "early day"]
    if not all(t.percent is None for t in tranches):
        kinds.append("share")
    match rng.choice(kinds):
        case "late signing":
            return replace(
                plan, tranches=[Tranche("末期", Trigger.CLOSURE, Decimal(1)), Tranche("首期", Trigger.AGREEMENT)]
            ), "“首期”"
        case "early day":
            tranches[nth] = replace(tranches[nth], trigger=Trigger.DATE, on=CALL_ENDS)
            return replace(plan, tranches=tranches), "2020-04-30"
        case "share":
            nth = next(n for n, t in enumerate(tranches) if t.percent is not None)
            tranches[nth] = replace(tranches[nth], percent=Decimal(100), amount=None)
            if len(tranches) == 1:
                tranches.append(Tranche("又一期", Trigger.CLOSURE, Decimal("0.01")))
            return replace(plan, tranches=tranches), "100"
        case __:
            tranches.append(Tranche("多余", Trigger.CLOSURE))
            tranches[-2] = replace(tranches[-2], percent=None, amount=LEAST)
            return replace(plan, tranches=tranches), "“多余”"


def stored(world: SimpleNamespace, plan: Plan) -> Round:
    Round.objects.filter(pk=world.round.pk).update(has_mid_term=plan.has_mid_term, min_grant=plan.least, **CALL)
    TrancheRule.objects.filter(round=world.round).delete()
    for n, t in enumerate(plan.tranches, 1):
        TrancheRule.objects.create(
            round=world.round, ordinal=n, label=t.label, percent=t.percent, amount=t.amount, trigger=t.trigger,
            planned_on=t.on,
        )  # fmt: skip
    world.round = Round.objects.get(pk=world.round.pk)
    return world.round


class Walk:
    """One venture from its agreement to its closure. Where its next tranche waits for a day, that day comes."""

    def __init__(self, world: SimpleNamespace, amount: Decimal, rng: Random) -> None:
        self.world, self.rng, self.at = world, rng, NOW
        with clock.at(self.at):
            self.venture = signed(world, str(amount))

    def pay_what_is_due(self) -> None:
        while True:
            with clock.at(self.at):
                waiting = [line for line in money_of(self.venture).tranches if line.state != "paid"]
                if not waiting:
                    return
                if waiting[0].state == "due":
                    pay(self.world, self.venture, waiting[0].tranche.ordinal, on=clock.today())
                elif waiting[0].tranche.planned_on and waiting[0].tranche.planned_on > clock.today():
                    self.at = _morning(waiting[0].tranche.planned_on)
                else:
                    return

    def to_the_end(self) -> Venture:
        world, venture = self.world, self.venture
        self.pay_what_is_due()
        with clock.at(self.at):
            move(venture, "begin_delivery", by=world.finance)
            Activity.objects.create(venture=venture, held_on=NOW.date(), topic="乡音课堂", attendance=30)
        if world.round.has_mid_term:
            with clock.at(self.at):
                midterm_passed(world, venture)
            self.pay_what_is_due()
        self.spend_something()
        with clock.at(self.at):
            evaluated_as_is(world, venture)
            if any(rule.trigger == Trigger.AUDIT for rule in world.round.tranche_rules.all()):
                actions.record_audit(
                    venture, by=world.clerk, auditor="正信", number=f"审{venture.pk}", issued_on=clock.today()
                )
        self.pay_what_is_due()
        with clock.at(self.at):
            ventures_actions.waive_showcase(venture, by=world.clerk, reason="不办展")
        self.pay_what_is_due()
        self.spend_something()
        with clock.at(self.at):
            if left := award_of(venture).balance:
                actions.record_return(venture, by=world.finance, amount=left, voucher_number=f"退-{venture.pk}")
            return ventures_actions.close(venture, by=world.manager)

    def spend_something(self) -> None:
        cents = int(award_of(self.venture).balance * 100)
        if cents and self.rng.random() < 0.8:
            with clock.at(self.at):
                spend(self.venture, str(Decimal(self.rng.randint(1, cents)) / 100), spent_on=clock.today())


def _morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, datetime.min.time().replace(hour=9)))


@pytest.mark.parametrize("n", range(PLANS))
def test_a_plan_that_set_up_accepts_is_walked_to_closure_with_its_money_whole(world: SimpleNamespace, n: int) -> None:
    rng = Random(f"{SEED} {n}")
    plan = drawn(rng)
    assert open_points(stored(world, plan), "tranches") == [], plan
    amount = LEAST if rng.random() < 0.3 else Decimal(rng.randint(10000, int(CAP * 100))) / 100
    venture = Walk(world, amount, rng).to_the_end()
    award = award_of(venture)
    assert venture.state == State.CLOSED
    assert award.paid == award.amount == amount == award.spent + award.returned
    assert award.recovered == ZERO and [t.payment is None for t in award.tranches.all()] == [False] * len(plan.tranches)
    assert sum(t.percent for t in award.tranches.all()) == 100


@pytest.mark.parametrize("n", range(PLANS))
def test_a_plan_that_is_spoiled_is_refused_where_it_is(world: SimpleNamespace, n: int) -> None:
    rng = Random(f"{SEED} spoiled {n}")
    plan, said = spoiled(drawn(rng), rng)
    told = open_points(stored(world, plan), "tranches")
    assert any(said in sentence for sentence in told), (plan, told)
