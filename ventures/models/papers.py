"""Files of an application: the papers that the round asks for, and the stamped form."""

from django.db import models

from common.clock import now
from common.machine.actors import Stamped
from common.models import StoredFile
from common.wording import labelled
from rounds.models.form import AttachmentRule
from ventures.models.venture import Venture


class Attachment(models.Model):
    """A file of the application, under the paper that the round asks for."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="attachments")
    rule = models.ForeignKey(AttachmentRule, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["venture", "file"], name="attached_once")]

    def __str__(self) -> str:
        return labelled(self.rule, self.file)


class StampedScan(Stamped):
    """The stamped and signed paper (盖章扫描件), bound to the version that was printed: valid while the hash is the same."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="stamped_scans")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.venture} {self.content_hash[:16]}"
