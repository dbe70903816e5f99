"""The budget of a venture as the round wants it: its heads (预算科目), and the rules held against them (预算规则)."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.money import MoneyField
from common.wording import listed
from rounds.budget.checking import Base, Rule, Step
from rounds.budget.terms import Terms
from rounds.budget.words import WHOLES
from rounds.models.round import PERCENT, Round

LONGEST_HEAD = 40
# What a new round begins with.
USUAL_HEADS = ("人员费用", "活动费用", "物资费用", "设备费用", "管理费", "其他费用")


class BudgetHead(models.Model):
    """A head. Lines of a budget and expenses name it; once the call is open its name stays."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="budget_heads")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("Head"), max_length=LONGEST_HEAD)
    code = models.CharField(_("Code of the head"), max_length=12, blank=True)
    explanation = models.CharField(_("What belongs to it"), max_length=200, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="budget_head_place"),
            models.UniqueConstraint(fields=["round", "name"], name="budget_head_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


def percent_of_a_rule(label: Any) -> Any:
    """A limit in percent; None: there is none."""
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT)


class BudgetRule(models.Model):
    """A rule on some heads together. `steps`: [{"price": "500", "to": "2"}, {"price": "200"}], 元 per unit."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="budget_rules")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name of the rule"), max_length=LONGEST_HEAD, blank=True)
    heads = models.JSONField(_("Heads"), default=list)
    base = models.CharField(_("Counted of"), max_length=5, choices=list(WHOLES.items()), default=Base.GRANT)
    min_percent = percent_of_a_rule(_("At least (%)"))
    max_percent = percent_of_a_rule(_("At most (%)"))
    min_amount = MoneyField(_("At least (元)"), null=True, blank=True)
    max_amount = MoneyField(_("At most (元)"), null=True, blank=True)
    steps = models.JSONField(_("Price per unit"), default=list, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="budget_rule_place")]

    def __str__(self) -> str:
        return self.name or listed(self.heads)

    @property
    def pure(self) -> Rule:
        """As `rounds.budget` checks it."""
        return Rule(
            str(self), frozenset(self.heads), Base(self.base),
            self.min_percent, self.max_percent, self.min_amount, self.max_amount,
            tuple(Step(Decimal(s["price"]), Decimal(s["to"]) if s.get("to") else None) for s in self.steps),
        )  # fmt: skip


def usual_heads(round_: Round) -> list[BudgetHead]:
    return [BudgetHead(round=round_, ordinal=n, name=name) for n, name in enumerate(USUAL_HEADS, 1)]


def terms_of(round_: Round) -> Terms:
    """What budgets of the round are written by. Two queries."""
    heads = tuple(head.name for head in round_.budget_heads.all())
    return Terms(heads, tuple(rule.pure for rule in round_.budget_rules.all()))
