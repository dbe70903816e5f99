"""What is on record about an organization, with the years: inspections, ratings, credit lists, bans, party marks.

A record is corrected or struck out with a reason, never deleted: what was decided on it stays readable.
"""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.machine.actors import LONGEST_NAME
from common.wording import bracketed, labelled
from organizations.models.organization import Organization, not_in_the_future

FIRST_YEAR = 1990


class StandingRecords(models.QuerySet[Any]):
    def in_force(self) -> "StandingRecords":
        """Without those struck out."""
        return self.filter(struck_at=None)


class Record(models.Model):
    """One record. Declared by the organization (`checked_at` empty) or seen by a clerk on paper or in the bureau's system."""

    slug: ClassVar[str]
    label: ClassVar[Any]

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="%(class)ss")
    document = models.CharField(_("Document or certificate number"), max_length=80, blank=True)
    entered_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    struck_note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)

    objects = StandingRecords.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return labelled(self.label, self.told())

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None

    def told(self) -> str:
        """The record in words, for pages, the journal and as evidence."""
        raise NotImplementedError


class AnnualInspection(Record):
    """年检 (年报) of one year."""

    slug, label = "inspections", _("Annual inspection")

    class Conclusion(models.TextChoices):
        PASSED = "passed", _("Passed")
        BASICALLY = "basically", _("Basically passed")
        FAILED = "failed", _("Failed inspection")
        NONE = "none", _("Not inspected")

    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(FIRST_YEAR)])
    conclusion = models.CharField(_("Conclusion"), max_length=10, choices=Conclusion.choices)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True, validators=[not_in_the_future])

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=models.Q(struck_at=None),
                name="one_inspection_a_year",
                violation_error_message=_("This year's inspection is on record already. Please correct that record."),
            )
        ]

    def clean(self) -> None:
        if self.year and self.year > today().year:
            raise ValidationError({"year": _("The year %(year)s has not begun.") % {"year": self.year}})

    def told(self) -> str:
        return gettext("%(year)s: %(conclusion)s") % {
            "year": self.year, "conclusion": self.get_conclusion_display(),
        }  # fmt: skip


class Rating(Record):
    """评估等级, for a period."""

    slug, label = "ratings", _("Rating")

    class Grade(models.IntegerChoices):
        A1 = 1, "1A"
        A2 = 2, "2A"
        A3 = 3, "3A"
        A4 = 4, "4A"
        A5 = 5, "5A"

    grade = models.PositiveSmallIntegerField(
        _("Grade"), choices=Grade.choices, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    awarded_on = models.DateField(_("Awarded on"), validators=[not_in_the_future])
    valid_until = models.DateField(_("Valid until"))

    class Meta:
        ordering = ["-awarded_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "awarded_on"],
                condition=models.Q(struck_at=None),
                name="one_rating_a_day",
                violation_error_message=_("A rating of this day is on record already. Please correct that record."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("awarded_on")),
                name="rating_ends_after_it_begins",
                violation_error_message=_("The rating cannot end before it was awarded."),
            ),
        ]

    def told(self) -> str:
        return gettext("%(grade)s, %(from)s to %(until)s") % {
            "grade": self.get_grade_display(), "from": self.awarded_on, "until": self.valid_until,
        }  # fmt: skip


class CreditListing(Record):
    """On a list of 民政部令第60号 (2018), until it is taken off."""

    slug, label = "listings", _("Credit list")

    class Kind(models.TextChoices):
        ABNORMAL = "abnormal", _("List of abnormal activities (活动异常名录)")
        ILLEGAL = "illegal", _("List of serious violations (严重违法失信名单)")

    kind = models.CharField(_("List"), max_length=10, choices=Kind.choices)
    ground = models.CharField(_("Ground"), max_length=200)
    listed_on = models.DateField(_("Listed on"), validators=[not_in_the_future])
    removed_on = models.DateField(_("Removed on"), null=True, blank=True, validators=[not_in_the_future])

    class Meta:
        ordering = ["-listed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_on=None) | models.Q(removed_on__gte=models.F("listed_on")),
                name="removed_after_listed",
                violation_error_message=_("It cannot be removed before it was listed."),
            )
        ]

    def told(self) -> str:
        if self.removed_on:
            return gettext("%(list)s, %(from)s to %(until)s: %(ground)s") % {
                "list": self.get_kind_display(), "from": self.listed_on, "until": self.removed_on,
                "ground": self.ground,
            }  # fmt: skip
        return gettext("%(list)s since %(from)s: %(ground)s") % {
            "list": self.get_kind_display(), "from": self.listed_on, "ground": self.ground,
        }  # fmt: skip


class Ban(Record):
    """Barred from applying, both days included."""

    slug, label = "bans", _("Ban")

    reason = models.CharField(_("Reason"), max_length=200)
    source = models.CharField(
        _("Source"), max_length=120, blank=True, help_text=_("For example the terminated venture or the decision.")
    )
    from_on = models.DateField(_("First day"))
    until_on = models.DateField(_("Last day"))

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="ban_ends_after_it_begins",
                violation_error_message=_("The ban cannot end before it begins."),
            )
        ]

    def told(self) -> str:
        source = bracketed(self.source) if self.source else ""
        return gettext("%(from)s to %(until)s: %(reason)s") % {
            "from": self.from_on, "until": self.until_on, "reason": self.reason + source,
        }  # fmt: skip

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


class PartyMark(Record):
    """One of the 四个纳入: where the state of party building has been taken into account, and when."""

    slug, label = "marks", _("Party-building mark")

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("In registration (注册登记)")
        INSPECTION = "inspection", _("In annual inspection (年检年审)")
        RATING = "rating", _("In rating (等级评估)")
        PURCHASE = "purchase", _("In government purchase (政府购买服务)")

    kind = models.CharField(_("Mark"), max_length=12, choices=Kind.choices)
    done_on = models.DateField(_("Done on"), validators=[not_in_the_future])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=models.Q(struck_at=None),
                name="one_mark_of_a_kind",
                violation_error_message=_("This mark is on record already. Please correct that record."),
            )
        ]

    def told(self) -> str:
        return f"{self.get_kind_display()} {self.done_on}"
