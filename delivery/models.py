"""实施: activities as they happened (counts only, no names), and the mid-term and final reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from ventures.models.venture import Venture


class Activities(models.QuerySet["Activity"]):
    def counted(self) -> "Activities":
        """Without what was taken back, and what took it back."""
        return self.filter(reverses=None, reversal=None)


class Activity(models.Model):
    """活动记录. `attendance` is 人次 (visits), not 人数 (people). A mistake is taken back by a counter-entry (冲销) that says
    why; both stay, and neither is counted."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="activities")
    held_on = models.DateField(_("Held on"))
    topic = models.CharField(_("Topic"), max_length=80)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    attendance = models.PositiveIntegerField(_("Attendance (人次)"))
    volunteers = models.PositiveIntegerField(_("Volunteers"), default=0)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    reversed_because = models.CharField(max_length=120, blank=True)

    objects = Activities.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"


class Report(models.Model):
    """中期 or 末期 report and what the assessor made of it. One row per time it was handed in."""

    class Kind(models.TextChoices):
        MID_TERM = "mid_term", _("Mid-term report")
        FINAL = "final", _("Final report")

    class Verdict(models.TextChoices):
        PENDING = "pending", _("Awaiting assessment")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    progress = models.TextField(_("Goals against results"), max_length=4000)
    problems = models.TextField(_("Problems and next steps"), max_length=2000, blank=True)
    beneficiaries = models.PositiveIntegerField(_("People reached (人数)"), default=0)
    satisfaction = models.DecimalField(_("Satisfaction (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    handed_in_at = models.DateTimeField(default=now)
    handed_in_by_id = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.PENDING)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    assessment = models.TextField(blank=True)
    rectify_by = models.DateField(null=True)

    class Meta:
        ordering = ["handed_in_at", "pk"]

    def __str__(self) -> str:
        return f"{self.venture} {self.get_kind_display()}"
