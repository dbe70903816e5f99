"""The money plan of a round (资金计划): in which shares an award is paid, and after what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.models.round import PERCENT, Round


class TrancheRule(models.Model):
    """拨付期次: percent of the award and what must have happened before. The last tranche is the remainder."""

    class Trigger(models.TextChoices):
        AGREEMENT = "agreement", _("After the agreement is signed")
        MID_TERM = "mid_term", _("After the mid-term is passed")
        FINAL = "final", _("After the final evaluation is passed")
        CLOSURE = "closure", _("At closure, before it is confirmed")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tranche_rules")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=5, decimal_places=2, validators=PERCENT)
    trigger = models.CharField(max_length=10, choices=Trigger.choices)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="tranche_rule_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.percent}%"
