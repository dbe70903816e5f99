"""What was handed in, when; what was sent back, and what was said about it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import Stamped
from common.machine.triggers import Trigger, append_only, triggers
from common.models import StoredFile
from ventures.models.venture import Venture


class Counter(models.Model):
    """The last number given under a prefix like HC2020-. Its row is locked for the moment of numbering only."""

    prefix = models.CharField(max_length=12, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:03d}"


class RefusalReason(models.TextChoices):
    """Why an application is not accepted (不予受理): a code for the summary; the words say the rest."""

    INELIGIBLE = "ineligible", _("The organization is not eligible")
    OUT_OF_SCOPE = "out_of_scope", _("Outside the scope of the round")
    INCOMPLETE = "incomplete", _("Incomplete after correction")
    OVERDUE = "overdue", _("Correction not handed in in time")
    DUPLICATE = "duplicate", _("The same content is funded elsewhere")
    UNTRUE = "untrue", _("False statements")
    OTHER = "other", _("Other reason")


class Submission(Stamped):
    """A version of an application as it was handed in (`ventures.application.content`), with its SHA-256. Written once.

    The receipt is the venture's number and the ordinal: HC2020-001-1.
    """

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="submissions")
    ordinal = models.PositiveSmallIntegerField()
    receipt = models.CharField(_("Receipt"), max_length=24)
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)
    stamped_scan = models.ForeignKey(
        "ventures.StampedScan", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    files = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["venture", "ordinal"], name="submission_place")]

    def __str__(self) -> str:
        return self.receipt


class Correction(Stamped):
    """退回补正 of a submission: the fields that are open again, until when. Answered by the next submission."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="correction")
    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="correction_requests")
    note = models.TextField(_("What is to be corrected"), blank=True)
    due_on = models.DateField()
    at = models.DateTimeField(default=now)
    answered_by = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="answers_correction"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["venture"], condition=Q(answered_by=None), name="one_open_correction"),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("submission")), name="answered_by_a_later_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} ← {self.due_on}"


class Pin(models.Model):
    """A field that a correction opens, and what is asked there. `path` is a path of `ventures.application.content`."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="pins")
    path = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    remark = models.TextField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["correction", "path"], name="pinned_once")]

    def __str__(self) -> str:
        return self.label


class Remark(Stamped):
    """A line of the thread between the desk and the applicant about an application; seen by both sides."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="remarks")
    path = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField(_("Message"), max_length=1000)
    from_desk = models.BooleanField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


@triggers
def submissions_are_written_once() -> list[Trigger]:
    return [*append_only(Submission), *append_only(Remark)]
