"""The budget rules as the page's script needs them: limits in numbers, sentences with places for the numbers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from common.money import yuan
from common.text import plain
from rounds.budget.checking import Base, Limit, Rule
from rounds.budget.terms import Terms
from rounds.budget.words import broken, percent_of
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
    """In the order in which they are told. `less` says more than `over`: what is enough when no other line takes it up."""
    values = {
        Limit.MAX_PERCENT: rule.max_percent, Limit.MAX_AMOUNT: rule.max_amount,
        Limit.MIN_PERCENT: rule.min_percent, Limit.MIN_AMOUNT: rule.min_amount,
    }  # fmt: skip
    for limit in Limit:
        value = values.get(limit)
        if value is None and not (limit == Limit.STEPS and rule.steps):
            continue
        is_less_told = limit == Limit.MAX_PERCENT and bool(rule.max_percent) and rule.base != Base.OWN
        yield {
            "kind": limit,
            "value": None if value is None else plain(value),
            "is_percent": percent_of(rule, limit) is not None,
            "is_least": limit.is_least,
            "tells_less": is_less_told,
            "broken": broken(rule, limit, **PLACES, less="{less}" if is_less_told else None),
        }
