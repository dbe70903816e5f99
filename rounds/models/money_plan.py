"""The money plan of a round (资金计划): where the money comes from, in which parts an award is paid, and after what."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import ZERO, MoneyField, yuan
from common.text import plain
from rounds.models.round import PERCENT, Round
from rounds.money_plan.model import Plan, Tranche
from rounds.money_plan.model import Trigger as Awaited


class FundSource(models.Model):
    """资金来源: where the money of a round comes from. What is kept for running it (工作经费) is no grant."""

    class Kind(models.TextChoices):
        FISCAL = "fiscal", gettext_lazy("Government budget")
        LOTTERY = "lottery", gettext_lazy("Welfare lottery fund")
        CHARITY = "charity", gettext_lazy("Charity")
        OTHER = "other", gettext_lazy("Other")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="fund_sources")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(gettext_lazy("Source of funds"), max_length=60)
    kind = models.CharField(gettext_lazy("Kind"), max_length=8, choices=Kind.choices)
    amount = MoneyField(gettext_lazy("Amount (元)"))
    running_costs = MoneyField(gettext_lazy("of it for running costs (元)"), default=ZERO)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="fund_source_place")]

    def __str__(self) -> str:
        return f"{self.name} {yuan(self.amount)} 元"


@dataclass(frozen=True)
class Funds:
    """What the sources of a round come to, in 元."""

    sources: Sequence[FundSource]

    @property
    def amount(self) -> Decimal:
        return sum((source.amount for source in self.sources), ZERO)

    @property
    def running_costs(self) -> Decimal:
        return sum((source.running_costs for source in self.sources), ZERO)

    @property
    def for_grants(self) -> Decimal:
        return self.amount - self.running_costs


def funds_of(round_: Round) -> Funds:
    """One query, none when the rows are read."""
    return Funds(list(round_.fund_sources.all()))


class Conditional(models.Model):
    """What is paid after something."""

    class Trigger(models.TextChoices):
        AGREEMENT = Awaited.AGREEMENT.value, gettext_lazy("After the agreement is signed")
        DATE = Awaited.DATE.value, gettext_lazy("From a day on")
        MID_TERM = Awaited.MID_TERM.value, gettext_lazy("After the mid-term is passed")
        FINAL = Awaited.FINAL.value, gettext_lazy("After the final evaluation is passed")
        AUDIT = Awaited.AUDIT.value, gettext_lazy("After the audit of the accounts")
        CLOSURE = Awaited.CLOSURE.value, gettext_lazy("At closure, before it is confirmed")

    trigger = models.CharField(max_length=10, choices=Trigger.choices)
    planned_on = models.DateField(gettext_lazy("From this day on"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def condition(self) -> Any:
        """After what it is paid, in words."""
        if self.planned_on is None:
            return self.get_trigger_display()  # type: ignore[attr-defined]
        return _("From %(day)s on") % {"day": self.planned_on}


class TrancheRule(Conditional):
    """拨付期次: percent of the award or an amount, and what must have happened before. Neither: what remains."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tranche_rules")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=5, decimal_places=2, validators=PERCENT, null=True, blank=True)
    amount = MoneyField(null=True, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="tranche_rule_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.size}"

    @property
    def size(self) -> str:
        """How much it is, in words."""
        if self.amount is not None:
            return f"{yuan(self.amount)} 元"
        return _("the rest") if self.percent is None else f"{plain(self.percent)}%"

    @property
    def planned(self) -> Tranche:
        return Tranche(self.label, Awaited(self.trigger), self.percent, self.amount, self.planned_on)


def plan_of(round_: Round) -> Plan:
    """The plan as it is stored. One query, none when the rows are read."""
    rules = round_.tranche_rules.all()
    return Plan([rule.planned for rule in rules], round_.min_grant, round_.has_mid_term)
