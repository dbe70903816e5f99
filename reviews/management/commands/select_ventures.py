"""`manage.py select_ventures < problem.json`: who gets what, by the rule that the problem names.

The answer: `{"status": "optimal" or "tie", "proposed": [[id, amount]], "reserve": [id], "declined": [id], "tied": [id] (with
a tie only), "total", "value", "bound", "reasons": {id: sentence}}`. `value` is the sum of the scores of the proposed; `list`
has one answer, so its `bound` is the same. Least places that are not met are told in `reasons` by list and id, `tracks.a`.
Exit code 2 for what can not be read."""

from decimal import Decimal
from typing import Any

from common.money import to_cents
from common.problem import ProblemCommand
from common.wording import sentences
from reviews.selection.model import Problem, Selection
from reviews.selection.problem import read
from reviews.selection.words import sentence, shortfall


class Command(ProblemCommand):
    help = "Choose among ranked ventures (reviews/selection/problem.py says how they are written); JSON in and out."

    def answer(self, given: Any) -> dict[str, Any]:
        rule, problem = read(given)
        return _answer(problem, rule(problem))


def _answer(problem: Problem, found: Selection) -> dict[str, Any]:
    value = sum((v.score for v in problem.ventures if v.id in found.proposed), Decimal(0))
    reasons = {name: sentence(reason) for name, reason in found.reasons.items()}
    for short in found.short:
        # A venture may have such an id too; both sentences are told.
        name = f"{short.of}.{short.id}"
        reasons[name] = sentences([reasons.get(name, ""), shortfall(short)])
    answer = {
        "status": "tie" if found.tied else "optimal",
        "proposed": [[name, f"{to_cents(amount)}"] for name, amount in found.proposed.items()],
        "reserve": found.reserve,
        "declined": found.declined,
        "total": f"{to_cents(found.total)}",
        "value": f"{to_cents(value)}",
        "bound": f"{to_cents(value)}",
        "reasons": reasons,
    }
    return answer | {"tied": found.tied} if found.tied else answer
