from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from common.text import plain
from common.wording import listed
from rounds.budget.checking import Base, Rule
from rounds.budget.words import WHOLES
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import BudgetRule, FormSection, Round

HUNDRED = Decimal(100)


class Budget(Card):
    """Heads of a venture's budget, and the rules held against it."""

    slug, place = "budget", 35
    label = gettext_lazy("Budget heads and rules")
    statement = gettext_lazy("The heads and rules of a budget can be kept together")
    tables = (
        Table("budget_heads", ("name", "code", "explanation"), gettext_lazy("Budget heads"), once="name"),
        Table(
            "budget_rules",
            ("name", "heads", "base", "min_percent", "max_percent", "min_amount", "max_amount", "steps"),
            gettext_lazy("Budget rules"), once="", prefix="rule",
        ),
    )  # fmt: skip

    @property
    def reads(self) -> tuple[str, ...]:
        return (*super().reads, "form_sections")

    def agree(self, round_: Round) -> None:
        """A rule names heads of the card."""
        there = {head.name for head in round_.budget_heads.all()}
        unknown = {rule.ordinal: sorted(set(rule.heads) - there) for rule in round_.budget_rules.all()}
        if told := {f"rule-{n}-heads": [_unknown(heads)] for n, heads in unknown.items() if heads}:
            raise Invalid(told)

    def check(self, round_: Round) -> Iterable[str]:
        heads = [head.name for head in round_.budget_heads.all()]
        rows = list(round_.budget_rules.all())
        sections = {section.slug for section in round_.form_sections.all()}
        if not heads and (not sections or FormSection.Slug.BUDGET in sections):
            yield _("There is no budget head yet; a line of a budget has one.")
        for row in rows:
            if unknown := [head for head in row.heads if head not in heads]:
                yield _("Rule %(n)s, “%(rule)s”: %(problem)s") % {
                    "n": row.ordinal,
                    "rule": row,
                    "problem": _unknown(unknown),
                }
        yield from _twice(rows)
        yield from _impossible([row.pure for row in rows], frozenset(heads))


def _unknown(heads: list[str]) -> str:
    return _("%(heads)s is no head of this round.") % {"heads": listed(f"“{head}”" for head in heads)}


def _twice(rows: list[BudgetRule]) -> Iterator[str]:
    for name, times in Counter(str(row) for row in rows).items():
        if times > 1:
            yield _("%(n)s rules are called “%(rule)s”: nobody could tell which one is broken.") % {
                "n": times,
                "rule": name,
            }


def _impossible(rules: list[Rule], heads: frozenset[str]) -> Iterator[str]:
    """What no budget could keep. Two rules that share a head are not added up."""
    barred = frozenset(head for rule in rules if rule.max_amount == 0 for head in rule.heads)
    if heads and heads <= barred:
        yield _("Every head is barred: nothing could be asked for.")
    for base in (Base.TOTAL, Base.GRANT):
        least = [(rule, rule.min_percent) for rule in rules if rule.base == base and rule.min_percent]
        most = [(rule, rule.max_percent) for rule in rules if rule.base == base and rule.max_percent is not None]
        if _are_apart(least) and (total := _sum(least)) > HUNDRED:
            yield _("%(rules)s want at least %(total)s%% of %(whole)s together.") % _said(least, total, base)
        covered = frozenset(head for rule, __ in most for head in rule.heads) | barred
        if heads and heads <= covered and _are_apart(most) and (total := _sum(most)) < HUNDRED:
            yield _("%(rules)s allow at most %(total)s%% of %(whole)s together, and there is no other head.") % _said(
                most, total, base
            )


Limits = list[tuple[Rule, Decimal]]


def _are_apart(limits: Limits) -> bool:
    return not any(one.heads & other.heads for (one, __), (other, ___) in combinations(limits, 2))


def _sum(limits: Limits) -> Decimal:
    return sum((percent for __, percent in limits), Decimal(0))


def _said(limits: Limits, total: Decimal, base: Base) -> dict[str, object]:
    names = listed(f"“{rule.name}”" for rule, __ in limits)
    return {"rules": names, "total": plain(total) if total else 0, "whole": WHOLES[base]}


CARD = Budget()
