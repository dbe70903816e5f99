from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.kept_files import keeps_file
from common.models import Job
from organizations.models import Platform
from reports.audience import Audience
from rounds.models import Round


@keeps_file()
class Workbook(models.Model):
    """A finished Excel summary: whole, with its hash. There is none until the file is complete."""

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="workbook")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="workbooks")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="workbooks")
    sheets = models.JSONField(_("Sheets"))
    audience = models.CharField(_("Made for"), max_length=8, choices=Audience.choices)
    as_of = models.DateField(_("As of"))
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=300, help_text=_("Below MEDIA_ROOT; a random name"))
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    ventures = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
