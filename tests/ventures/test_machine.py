"""The machine against `machine.txt`: every verb in every state through the door, moved as written there or refused."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from common.clock import now
from common.errors import IllegalMove
from common.machine.actors import SYSTEM
from common.machine.door import move, verb_label
from common.machine.lifecycle_docs import rows_of
from common.models import JournalEntry
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_round, a_venture
from ventures.models import Venture
from ventures.states import State

MOVES: dict[type[Any], dict[tuple[str, str], str]] = {Round: {}, Venture: {}}
for line in (Path(__file__).parent / "machine.txt").read_text(encoding="utf-8").splitlines():
    if line.startswith("# "):
        moves = MOVES[{"Round": Round, "Venture": Venture}[line[2:]]]
    elif found := re.match(r"(\w+) — (\w+) → (\w+)", line):
        moves[found[1], found[2]] = found[3]

VERBS = {model: sorted({verb for _state, verb in moves}) for model, moves in MOVES.items()}
PLACED = {"score": Decimal(80), "rank": 1}
FACTS: dict[str, dict[str, Any]] = {
    "submit": {"number": "HC2020-001", "at": now()}, "resubmit": {"at": now()},
    "return_for_correction": {"due_on": date(2020, 5, 13)}, "order_rectification": {"due_on": date(2020, 9, 1)},
    "propose": {**PLACED, "amount": Decimal(50000)}, "keep_in_reserve": PLACED, "decline": PLACED,
    "pass_midterm": {"at": now()}, "pass_final": {"score": Decimal(88), "grade": "优秀", "at": now()},
    "waive_showcase": {"reason": "疫情"}, "settle": {"on": date(2020, 12, 31)},
}  # fmt: skip


def facts_of(model: type[Any], verb: str) -> dict[str, Any]:
    return {"on": date(2020, 12, 31)} if (model, verb) == (Venture, "close") else FACTS.get(verb, {})


@pytest.mark.parametrize("model", [Round, Venture])
def test_the_machine_knows_the_moves_that_are_written_down_and_no_other(model: type[Any]) -> None:
    known = {(source, row.verb): row.target for row in rows_of(model) for source in row.sources}
    assert known == MOVES[model]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "state"),
    [(Round, state) for state in RoundState] + [(Venture, state) for state in State],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value),
)
def test_each_verb_moves_as_it_is_written_down_or_is_refused(
    model: type[Any], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.machine.door.gates_of", lambda *_: [])  # the conditions have tests of their own
    subject = a_round(state, rules=False) if model is Round else a_venture(state, narrative=False, budget=False)
    for verb in VERBS[model]:
        here = model.objects.get(pk=subject.pk)
        target = MOVES[model].get((state, verb))
        if target is None:
            with pytest.raises(IllegalMove) as refused:
                move(here, verb, by=SYSTEM, **facts_of(model, verb))
            assert str(verb_label(model, verb)) in str(refused.value)
            assert here.get_state_display() in str(refused.value)
            continue
        with transaction.atomic():
            move(here, verb, by=SYSTEM, **facts_of(model, verb))
            assert model.objects.get(pk=subject.pk).state == here.state == target, verb
            line = JournalEntry.objects.of(here).get()
            assert (line.verb, line.from_state, line.to_state) == (verb, state, target)
            transaction.set_rollback(True)
    assert model.objects.get(pk=subject.pk).state == state
    assert not JournalEntry.objects.exists()
