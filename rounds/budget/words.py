"""A broken limit of a budget in a sentence: the rule, the numbers, what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import percent_beside, yuan
from rounds.budget.checking import Base, Finding, Limit, in_cents

WHOLES: Mapping[Base, Any] = {
    Base.TOTAL: gettext_lazy("the total budget"),
    Base.GRANT: gettext_lazy("the grant asked for"),
    Base.OWN: gettext_lazy("the own money"),
}


def sentence(finding: Finding) -> str:
    rule, limit = finding.rule, finding.limit
    said = {
        "rule": rule.name,
        "counted": yuan(in_cents(finding.counted)),
        "allowed": yuan(in_cents(finding.allowed)),
        "beyond": yuan(finding.difference),
        "whole": WHOLES[rule.base],
    }
    match limit:
        case Limit.MAX_AMOUNT if not rule.max_amount:
            return _("“%(rule)s” may not be in the budget: %(counted)s 元. Take it out.") % said
        case Limit.MAX_AMOUNT:
            text = _("“%(rule)s” is %(counted)s 元, above the limit of %(allowed)s 元. Take off %(beyond)s 元.")
        case Limit.MIN_AMOUNT:
            text = _("“%(rule)s” is %(counted)s 元, below the least of %(allowed)s 元. Add %(beyond)s 元.")
        case Limit.STEPS:
            text = _(
                "“%(rule)s” is %(counted)s 元; by price and quantity of its lines %(allowed)s 元 are allowed."
                " Take off %(beyond)s 元."
            )
        case Limit.MAX_PERCENT:
            text = _(
                "“%(rule)s” is %(counted)s 元, %(share)s%% of %(whole)s, above the limit of %(percent)s%%, %(allowed)s 元."
                " Take off %(beyond)s 元."
            )
        case Limit.MIN_PERCENT:
            text = _(
                "“%(rule)s” is %(counted)s 元, %(share)s%% of %(whole)s, below the least of %(percent)s%%, %(allowed)s 元."
                " Add %(beyond)s 元."
            )
    percent = rule.max_percent if limit == Limit.MAX_PERCENT else rule.min_percent
    if percent is not None:
        said["percent"] = f"{percent.normalize():f}"
        said["share"] = percent_beside(finding.counted, finding.whole, percent)
    return text % said
