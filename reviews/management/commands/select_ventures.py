"""`manage.py select_ventures < problem.json`: who gets what, by the rule that the problem names.

The answer: `{"status": "optimal" or "tie", "proposed": [[id, amount]], "reserve": [id], "declined": [id], "tied": [id] (with
a tie only), "total", "value", "bound", "reasons": {id: sentence}}`. `value` is the sum of the scores of the proposed; `list`
has one answer, so its `bound` is the same. Least places that are not met are told in `reasons` by list and id, `tracks.a`.
Exit code 2 for what can not be read."""

import json
import sys
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.money import to_cents
from common.wording import sentences
from reviews.selection.model import Problem, Selection
from reviews.selection.problem import read
from reviews.selection.words import sentence, shortfall

UNREADABLE = 2


class Command(BaseCommand):
    help = "Choose among ranked ventures (reviews/selection/problem.py says how they are written); JSON in and out."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rule, problem = read(json.load(sys.stdin, parse_float=str))
        except (ValueError, RecursionError) as e:
            raise CommandError(_("This is no JSON: %(why)s.") % {"why": e}, returncode=UNREADABLE) from None
        except Invalid as e:
            told = [f"{at}: {why}" if at else why for at, found in e.fields.items() for why in found]
            raise CommandError("\n".join(told), returncode=UNREADABLE) from None
        self.stdout.write(json.dumps(_answer(problem, rule(problem)), ensure_ascii=False))


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
