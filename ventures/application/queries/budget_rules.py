"""The budget rules as the page's script needs them: limits in numbers, sentences with places for the numbers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from common.money import yuan
from common.text import plain
from rounds.budget.checking import Limit, Rule
from rounds.budget.terms import Terms
from rounds.budget.words import broken, tells_less
from rounds.models import Round

PLACES = {name: f"{{{name}}}" for name in ("counted", "allowed", "beyond", "share")}


def live_rules(round_: Round, terms: Terms) -> dict[str, Any]:
    """For `ventures/application/budget_sums.js`. The sentences are those of `rounds.budget.words` and
    `ventures.application.completeness`; {…} is filled by the script.

    The server decides when the application is submitted; this only tells early.
    """
    return {
        "rules": [_rule(rule) for rule in terms.rules],
        "cap": str(round_.cap),
        "cap_over": _("The grant requested, %(asked)s 元, is above the cap of %(cap)s 元 per venture.")
        % {"asked": "{asked}", "cap": yuan(round_.cap)},
        "own_min": plain(round_.min_self_raised),
        "own_under": _(
            "Self-raised %(own)s 元 is %(share)s%% of the total budget; at least %(min)s%% (%(least)s 元) is required."
        )
        % {"own": "{own}", "share": "{share}", "min": plain(round_.min_self_raised), "least": "{least}"},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "heads": sorted(rule.heads),
        "base": rule.base,
        "steps": [{"price": plain(s.price), "to": None if s.to is None else plain(s.to)} for s in rule.steps],
        "limits": list(_limits(rule)),
    }


def _limits(rule: Rule) -> Iterator[dict[str, Any]]:
    """In the order in which they are told."""
    for limit in Limit:
        value = rule.value(limit)
        if value is None and not (limit == Limit.STEPS and rule.steps):
            continue
        less = tells_less(rule, limit)
        yield {
            "kind": limit,
            "value": None if value is None else plain(value),
            "is_percent": limit.is_percent,
            "is_least": limit.is_least,
            "tells_less": less,
            "broken": broken(rule, limit, **PLACES, less="{less}" if less else None),
        }
