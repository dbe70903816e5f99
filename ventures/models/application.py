"""申报书: the narrative and tables of a venture's application. Rows beside the venture, so that lists stay narrow."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import LONGEST_NAME, name_of
from common.money import ZERO, MoneyField
from common.validators import PHONE
from common.wording import labelled
from rounds.models.budget import LONGEST_HEAD
from rounds.models.form import Question
from ventures.models.venture import Venture


class Application(models.Model):
    """The narrative. `version` counts the savings; against overwriting guards `ventures.application.content.digest`."""

    venture = models.OneToOneField(Venture, on_delete=models.CASCADE, related_name="application")
    summary = models.TextField(_("Summary"), max_length=500, blank=True)
    needs = models.TextField(_("Needs"), max_length=2000, blank=True)
    goals = models.TextField(_("Goals, with numbers"), max_length=2000, blank=True)
    plan = models.TextField(_("Services and schedule"), max_length=4000, blank=True)
    innovation = models.TextField(_("Innovation"), max_length=1000, blank=True)
    sustainability = models.TextField(_("Sustainability"), max_length=1000, blank=True)
    risks = models.TextField(_("Risks and measures"), max_length=1000, blank=True)
    party_building = models.TextField(_("Led by party building"), max_length=1000, blank=True)
    outcomes = models.TextField(_("Expected outcomes"), max_length=1000, blank=True)
    declared = models.BooleanField(_("We declare that everything here is true"), default=False)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=now)
    saved_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    touched = models.JSONField(default=dict)  # path → [who, when (ISO), tag of the page]: last written by
    copied_from = models.ForeignKey(Venture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.venture} v{self.version}"

    def note_saving(self, by: Any) -> None:
        """Count a saving and who made it; the caller saves the row."""
        self.version += 1
        self.saved_at, self.saved_by_name = now(), name_of(by)


class BudgetLine(models.Model):
    """A line of the 预算表: 金额 = 单价 × 数量, 资助 + 自筹 = 金额 (checked in `ventures.application.completeness`)."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="budget_lines")
    ordinal = models.PositiveSmallIntegerField()
    head = models.CharField(_("Budget head"), max_length=LONGEST_HEAD, blank=True)  # by its name; a draft's may be open
    detail = models.CharField(_("Use"), max_length=120)
    unit_price = MoneyField(_("Unit price (元)"))
    quantity = models.DecimalField(
        _("Quantity"), max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    unit = models.CharField(_("Unit (measure)"), max_length=10, blank=True)
    amount = MoneyField(_("Amount (元)"))
    from_grant = MoneyField(_("From the grant"))
    from_own = MoneyField(_("Self-raised part"), default=ZERO)
    basis = models.CharField(_("Basis"), max_length=120, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["venture", "ordinal"], name="budget_line_place"),
            models.CheckConstraint(
                condition=Q(amount=F("from_grant") + F("from_own")), name="budget_line_grant_plus_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.detail} {self.amount}"


class TeamMember(models.Model):
    """项目团队: who does the work. Qualification and part, no identity numbers."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="team")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=60)
    education = models.CharField(_("Education and subject"), max_length=80, blank=True)
    qualification = models.CharField(_("Social work qualification"), max_length=60, blank=True)
    part = models.CharField(_("Part in the venture"), max_length=80, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True, validators=[PHONE])

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["venture", "ordinal"], name="team_member_place")]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """量化指标: what can be counted at the end."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="indicators")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(_("Indicator"), max_length=120)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("Unit (measure)"), max_length=10, blank=True)
    evidence = models.CharField(_("How it is shown"), max_length=120, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["venture", "ordinal"], name="indicator_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.target}{self.unit}"


class ScheduleLine(models.Model):
    """A line of the 进度表: when, what, where, how many times, for how many visits, by whom. A draft's may be incomplete."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="schedule")
    ordinal = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("Starts on"), null=True)
    ends_on = models.DateField(_("Ends on"), null=True)
    activity = models.CharField(_("Activity"), max_length=80)
    detail = models.CharField(_("Content"), max_length=200, blank=True)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    sessions = models.PositiveIntegerField(_("Sessions"), default=0)
    attendance = models.PositiveIntegerField(_("Attendance"), default=0)
    responsible = models.CharField(_("Responsible"), max_length=60, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["venture", "ordinal"], name="schedule_line_place")]

    def __str__(self) -> str:
        return self.activity


class Answer(models.Model):
    """An answer to an extra question. `value` is text, a list of texts, or None: as `ventures.application.content` writes it."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venture", "question"], name="answer_once")]

    def __str__(self) -> str:
        return labelled(self.question, self.value)
