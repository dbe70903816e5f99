"""A budget rule and a broken limit in sentences: the rule, the numbers, what to do."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import percent_beside, yuan
from common.text import plain
from common.wording import bracketed, listed
from common.wording import sentences as in_a_row
from rounds.budget.checking import Base, Finding, Limit, Rule, Step, in_cents

WHOLES: Mapping[str, Any] = {
    Base.TOTAL: gettext_lazy("the total budget"),
    Base.GRANT: gettext_lazy("the grant asked for"),
    Base.OWN: gettext_lazy("the own money"),
}


def sentence(finding: Finding) -> str:
    """What is wrong, with what is enough to put it right."""
    rule, limit = finding.rule, finding.limit
    percent = percent_of(rule, limit)
    less = finding.beyond / (1 - Fraction(percent) / 100) if percent is not None and tells_less(rule, limit) else None
    return broken(
        rule, limit,
        counted=yuan(in_cents(finding.counted)),
        allowed=yuan(in_cents(finding.allowed)),
        beyond=yuan(_enough(finding.beyond)),
        share=percent_beside(finding.counted, finding.whole, percent) if percent is not None else "",
        less=yuan(_enough(less)) if less is not None else None,
    )  # fmt: skip


def tells_less(rule: Rule, limit: Limit) -> bool:
    """Whether more has to go when no other line takes it up: the whole, of which the rest is a share, becomes smaller, too."""
    return limit == Limit.MAX_PERCENT and rule.base != Base.OWN and bool(rule.max_percent)


def percent_of(rule: Rule, limit: Limit) -> Decimal | None:
    return rule.value(limit) if limit.is_percent else None


def broken(rule: Rule, limit: Limit, *, counted: str, allowed: str, beyond: str, share: str, less: str | None) -> str:
    """管理费 5,200.00 元,占申请资助资金 10.4%,超过上限 10%(5,000.00 元)。请调减 200.00 元以上。…; the numbers as they shall
    be read."""
    said = {
        "rule": rule.name, "counted": counted, "allowed": allowed, "beyond": beyond, "share": share,
        "whole": WHOLES[rule.base],
    }  # fmt: skip
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
    if (percent := percent_of(rule, limit)) is not None:
        said["percent"] = plain(percent)
    if less is None:
        return text % said
    return text % said + _(" If no other line takes that up, %(less)s 元.") % {"less": less}


def in_words(rule: Rule, heads: tuple[str, ...]) -> str:
    """What a rule says, for those who write a budget. `heads` in the order of the round."""
    return in_a_row(_limits(rule, rule.name if (rule.name,) == heads else f"{rule.name}{bracketed(listed(heads))}"))


def _limits(rule: Rule, name: str) -> Iterator[str]:
    said = {"rule": name, "whole": WHOLES[rule.base]}
    if rule.max_amount is not None and not rule.max_amount:
        yield _("“%(rule)s” may not be in the budget.") % said
    elif rule.max_amount is not None:
        yield _("%(rule)s: at most %(amount)s 元.") % {**said, "amount": yuan(rule.max_amount)}
    if rule.max_percent is not None:
        yield _("%(rule)s: at most %(percent)s%% of %(whole)s.") % {**said, "percent": plain(rule.max_percent)}
    if rule.min_percent is not None:
        yield _("%(rule)s: at least %(percent)s%% of %(whole)s.") % {**said, "percent": plain(rule.min_percent)}
    if rule.min_amount is not None:
        yield _("%(rule)s: at least %(amount)s 元.") % {**said, "amount": yuan(rule.min_amount)}
    if rule.steps:
        yield _("%(rule)s: per unit %(steps)s.") % {**said, "steps": listed(map(step_in_words, rule.steps))}


def step_in_words(step: Step) -> str:
    """500 元(到第 2 个为止)."""
    if step.to is None:
        return _("%(price)s 元") % {"price": plain(step.price)}
    return _("%(price)s 元 up to %(to)s") % {"price": plain(step.price), "to": plain(step.to)}


def _enough(amount: Fraction) -> Decimal:
    """In 元 with two places, up: half a cent too little would not put it right."""
    return Decimal(ceil(amount * 100)).scaleb(-2)
