from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.money import ZERO, MoneyField
from common.triggers import Trigger, legal_moves, triggers
from organizations.models import PHONE, Organization, Place, Platform
from ventures.lifecycle import Lifecycle, pairs
from ventures.models.round import BudgetCategory, Category, CheckItem, Round
from ventures.states import COLOURS, FINAL_STATES, SELECTED_STATES, RoundState, State
from ventures.visibility import visible_q


class Grade(models.TextChoices):
    EXCELLENT = "excellent", _("Excellent")
    GOOD = "good", _("Good")
    PASS = "pass", _("Pass")
    FAIL = "fail", _("Fail")


class Ventures(models.QuerySet["Venture"]):
    def visible_to(self, user: Any) -> "Ventures":
        """What this person may see; every list and every lookup starts here."""
        q = visible_q(user)
        return self.none() if q is None else self.filter(q)

    def of_platforms(self, ids: list[int]) -> "Ventures":
        return self.filter(platform_id__in=ids)


class Venture(Lifecycle):
    """A project that applies to a round, and what becomes of it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ventures")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="ventures")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, verbose_name=_("Incubation platform"))
    number = models.CharField(_("Number"), max_length=20, blank=True)
    title = models.CharField(_("Title"), max_length=80, help_text=_("Without 《》"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Category"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Place of delivery")
    )
    leader = models.CharField(_("Person in charge"), max_length=60, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True, validators=[PHONE])
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    beneficiaries = models.PositiveIntegerField(_("Direct beneficiaries (people)"), default=0)
    sessions_planned = models.PositiveIntegerField(_("Activities planned"), default=0)
    attendance_planned = models.PositiveIntegerField(_("Attendance planned"), default=0)
    total_budget = MoneyField(_("Total budget (元)"), default=ZERO)
    requested = MoneyField(_("Grant requested (元)"), default=ZERO)
    self_raised = MoneyField(_("Self-raised (元)"), default=ZERO)

    submitted_at = models.DateTimeField(null=True, blank=True)
    correction_due_on = models.DateField(null=True, blank=True)
    corrections = models.PositiveSmallIntegerField(default=0)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    awarded = MoneyField(_("Awarded (元)"), null=True, blank=True)
    midterm_passed_at = models.DateTimeField(null=True, blank=True)
    final_score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)
    showcase_waived = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    entered_by_staff = models.BooleanField(_("Entered by staff (代录)"), default=False)
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)
    created_at = models.DateTimeField(default=now)

    objects = Ventures.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["round", "state", "id"], name="venture_queue"),
            models.Index(fields=["platform", "id"], name="venture_by_platform"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], condition=~Q(number=""), name="number_once_per_round"),
            models.CheckConstraint(
                condition=Q(awarded=None) | Q(awarded__lte=F("requested")), name="award_within_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}《{self.title}》" if self.number else f"《{self.title}》"

    selection_held_back = False

    def hold_back_selection(self) -> "Venture":
        """Before the notice is published, this copy (never saved) shows its own organization “in review”, no result."""
        if self.state in SELECTED_STATES and self.round.state == RoundState.IN_REVIEW:
            self.__dict__ |= {"state": State.IN_REVIEW.value, "score": None, "rank": None, "awarded": None}
            self.selection_held_back = True
        return self

    @property
    def is_final(self) -> bool:
        return self.state in FINAL_STATES

    @property
    def state_colour(self) -> str:
        return COLOURS.get(self.state, "blue")


class Application(models.Model):
    """申报书: the words of a venture. One row beside the venture, so that lists stay narrow."""

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

    def __str__(self) -> str:
        return f"{self.venture} v{self.version}"


class BudgetLine(models.Model):
    """A line of the 预算表: 金额 = 单价 × 数量, 资助 + 自筹 = 金额 (checked in `ventures.completeness`)."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="budget_lines")
    ordinal = models.PositiveSmallIntegerField()
    category = models.CharField(_("Kind of expense"), max_length=12, choices=BudgetCategory.choices)
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


class CheckAnswer(models.Model):
    """One line of the eligibility checklist, answered with evidence, by whom and when."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="check_answers")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT)
    met = models.BooleanField()
    evidence = models.CharField(max_length=200, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venture", "item"], name="check_answer_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.met}"


@triggers
def machines_in_the_database() -> list[Trigger]:
    return [legal_moves(Venture, pairs(Venture)), legal_moves(Round, pairs(Round))]
