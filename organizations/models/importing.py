from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import Stamped
from common.models import Job, StoredFile


class RegisterImport(Stamped):
    """A register that came as a file: the file with its hash, what checking it has found, and what became of it."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        REFUSED = "refused", _("Has errors")
        READY = "ready", _("Ready to be stored")
        STORING = "storing", _("Being stored")
        STORED = "stored", _("Stored")

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    findings = models.JSONField(default=dict)  # see organizations.register_file.checking.Findings
    plan = models.CharField(max_length=64, blank=True)  # hash of what would be stored, and over what
    created_at = models.DateTimeField(default=now)
    stored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def failed(self) -> bool:
        """The work on it broke off; it may be asked for again."""
        return self.job is not None and self.job.state == Job.State.FAILED and self.state in self.UNDER_WAY

    @property
    def is_busy(self) -> bool:
        return self.state in self.UNDER_WAY and not self.failed

    UNDER_WAY: Any = (State.CHECKING, State.STORING)
