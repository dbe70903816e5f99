"""A money plan is walked to its end, or refused with the step at which it stops. No database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rounds.models import TrancheRule
from rounds.money_plan.cutting import cut, shares
from rounds.money_plan.model import AFTER, Event, Plan, Tranche, Trigger
from rounds.money_plan.walking import Why, walk
from rounds.money_plan.words import EVENTS, SENTENCES, sentence

LEAST, CALL_ENDS = Decimal("100.00"), date(2026, 4, 10)
pytestmark = pytest.mark.usefixtures("in_english")


def a_plan(*rows: str, **facts: Any) -> Plan:
    """Rows like "50% agreement", "3000 final", "rest closure", "20% date 2026-09-01"."""
    return Plan([_tranche(n, row) for n, row in enumerate(rows, 1)], LEAST, signed_after=CALL_ENDS, **facts)


def _tranche(n: int, row: str) -> Tranche:
    size, trigger, *day = row.split()
    percent = Decimal(size.removesuffix("%")) if "%" in size else None
    amount = Decimal(size) if size != "rest" and percent is None else None
    return Tranche(f"第{n}期", Trigger(trigger), percent, amount, date.fromisoformat(day[0]) if day else None)


WALKED = [
    ("three tranches", ["50% agreement", "30% mid_term", "20% final"], {}),
    ("one alone after the end", ["100% final"], {}),
    ("one alone at closure, without a mid-term", ["rest closure"], {"has_mid_term": False}),
    ("without a first one", ["60% mid_term", "40% closure"], {}),
    ("two on signing", ["40% agreement", "10% agreement", "50% audit"], {}),
    (
        "everything",
        ["10% agreement", "10% date 2026-06-01", "20% mid_term", "20% final", "20% audit", "20% closure"],
        {},
    ),
    ("an amount and the rest", ["60 agreement", "rest final"], {}),
    ("amounts and shares", ["30 agreement", "20% mid_term", "rest audit"], {}),
    ("a day alone", ["100% date 2026-06-01"], {}),
    ("a day behind the final evaluation", ["50% final", "50% date 2026-06-01"], {}),
    ("two days", ["50% date 2026-06-01", "50% date 2026-06-01"], {}),
    ("the last says nothing", ["50% agreement", "rest final"], {}),
]


@pytest.mark.parametrize(("rows", "facts"), [row[1:] for row in WALKED], ids=[row[0] for row in WALKED])
def test_a_plan_is_walked_to_closure_with_every_cent_paid(rows: list[str], facts: dict[str, Any]) -> None:
    plan = a_plan(*rows, **facts)
    walked = walk(plan)
    assert walked.is_to_the_end, walked.failures
    assert [step.event for step in walked.steps] == plan.life
    paid = [nth for step in walked.steps for nth in step.paid]
    assert paid == list(range(len(rows))), "each once, one after the other"
    assert sum(amount for step in walked.steps for amount in step.paid.values()) == LEAST


REFUSED = [
    (["51% agreement", "50% final"], {}, Why.SHARES, "add up to 101 %, not 100 %"),
    (["50% agreement", "49.99% final"], {}, Why.SHARES, "add up to 99.99 %, not 100 %"),
    ([], {}, Why.SHARES, "add up to 0 %, not 100 %"),
    (["50% agreement", "30% mid_term", "20% final"], {"has_mid_term": False}, Why.NEVER,
     "stops when the venture is closed: “第2期” waits for the mid-term, but this round has none"),
    (["50% final", "50% agreement"], {}, Why.BACKWARDS,
     "stops when the agreement is signed: “第2期” would be due before “第1期”"),
    (["50% closure", "50% audit"], {}, Why.BACKWARDS, "stops when the accounts are audited: “第2期” would be due before"),
    (["50% date 2026-06-01", "50% agreement"], {}, Why.BACKWARDS, "stops when the agreement is signed"),
    (["50% date 2026-06-01", "50% date 2026-05-31"], {}, Why.BACKWARDS, "“第2期” would be due before “第1期”"),
    (["50% date", "50% final"], {}, Why.NO_DAY, "Say from which day on “第1期” is paid"),
    (["50% agreement 2026-06-01", "50% final"], {}, Why.NO_SUCH_DAY, "has a day, 2026-06-01, but waits for something else"),
    (["50% date 2026-04-10", "50% final"], {}, Why.TOO_EARLY, "from 2026-04-10 on, but the call runs until 2026-04-10"),
    (["100 agreement", "rest final"], {}, Why.NOTHING,
     "“第2期”: of the smallest grant, 100.00 元, 100.00 元 are paid before it and nothing would be paid"),
    (["99.99 agreement", "0.01% mid_term", "rest final"], {}, Why.NOTHING, "“第3期”: of the smallest grant, 100.00 元, 100.00 元"),
    (["60 agreement", "40 final"], {}, Why.NOT_THE_REST, "“第2期” comes last"),
    (["60 agreement", "40% final"], {}, Why.NOT_THE_REST, "“第2期” comes last"),
    (["rest agreement", "40% final"], {}, Why.NO_SIZE, "Say a share or an amount of “第1期”"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "facts", "why", "said"), REFUSED, ids=[f"{r[2]} {' '.join(r[0])}" for r in REFUSED])
def test_a_plan_that_stops_is_refused_with_its_step(
    rows: list[str], facts: dict[str, Any], why: Why, said: str
) -> None:
    plan = a_plan(*rows, **facts)
    (failure,) = walk(plan).failures
    assert failure.why is why
    assert said in sentence(failure, plan)


def test_a_share_and_an_amount_are_one_too_many() -> None:
    both = Tranche("首期款", Trigger.AGREEMENT, Decimal(50), Decimal("50.00"))
    plan = Plan([both, Tranche("余款", Trigger.FINAL)], LEAST)
    assert [sentence(f, plan) for f in walk(plan).failures] == [
        "“首期款” has a share and an amount, 50.00 元; say one of them."
    ]


@pytest.mark.parametrize(
    ("award", "rows", "amounts", "percents"),
    [
        ("10000.01", ["50% agreement", "33.33% mid_term", "16.67% final"], "5000.01 3333.00 1667.00", "50 33.33 16.67"),
        ("30000.00", ["10000 agreement", "30% mid_term", "rest final"], "10000 9000 11000", "33.33 30 36.67"),
        ("8000.00", ["10000 agreement", "rest final"], "8000 0", "100 0"),
        ("0.01", ["50% agreement", "50% final"], "0.01 0", "50 50"),
    ],
)
def test_an_award_is_cut_to_the_cent(award: str, rows: list[str], amounts: str, percents: str) -> None:
    tranches = a_plan(*rows).tranches
    assert cut(Decimal(award), tranches) == [Decimal(n) for n in amounts.split()]
    assert shares(Decimal(award), tranches) == [Decimal(n) for n in percents.split()]


def test_the_model_knows_the_same_triggers_and_every_step_has_its_words() -> None:
    assert list(TrancheRule.Trigger) == list(Trigger)
    assert set(AFTER) == set(Trigger) - {Trigger.DATE}
    assert set(EVENTS) == set(Event) and set(SENTENCES) == set(Why)
