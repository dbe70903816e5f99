"""What is to be done outside the transaction: messages in the outbox, and jobs."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import LONGEST_NAME


class OutboxMessage(models.Model):
    """An effect that is due outside the transaction. Sent at least once; `key` lets the receiver do it once."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)  # real time, see common.work.jobs
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return self.key


class Job(models.Model):
    """Long work. The row is the truth; a broker message only wakes a worker (see common.work.jobs)."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    runner = models.CharField(max_length=120, blank=True)  # the server whose next start takes it back
    heartbeat_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(
        default=timezone.now
    )  # when the sweeper calls a worker; real time, see common.work.jobs
    requested_by_id = models.BigIntegerField(null=True)
    requested_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
