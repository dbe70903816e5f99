import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.models_files import StoredFile as StoredFile  # Django looks for models here only
from common.models_search import SearchGram as SearchGram
from common.models_search import SearchText as SearchText
from common.triggers import Trigger, append_only, triggers


class JournalEntries(models.QuerySet["JournalEntry"]):
    def of(self, subject: models.Model) -> "JournalEntries":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")

    def last_of(self, subject: models.Model) -> "JournalEntry | None":
        return self.of(subject).last()


class JournalEntry(models.Model):
    """Who did what to which thing, when, from which state to which, in whose words. Written once, never changed.

    The actor is kept as number and name, not as a foreign key: the journal outlives accounts.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField(default=now)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = JournalEntries.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.verb}"


def record(subject: models.Model, verb: str, *, by: Any, words: str = "", **facts: Any) -> JournalEntry:
    """Journal something that is not a move (a payment, a score, a document). Call it inside the transaction."""
    return JournalEntry.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        by_id=by.pk,
        by_name=str(by)[:80],
        words=words,
        facts={k: str(v) for k, v in facts.items()},
    )


class OutboxMessage(models.Model):
    """An effect that is due outside the transaction. Sent at least once; `key` lets the receiver do it once."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)  # real time, see common.jobs
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return self.key


class Job(models.Model):
    """Long work. The row is the truth; a broker message only wakes a worker (see common.jobs)."""

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
    heartbeat_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)  # when the sweeper calls a worker; real time, see common.jobs
    requested_by_id = models.BigIntegerField(null=True)
    requested_by_name = models.CharField(max_length=80, blank=True)
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


class CalendarDay(models.Model):
    """A day on which the State Council's 调休 calendar differs from the week, entered by the city on top of the package."""

    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    source = models.CharField(max_length=200, help_text=_("Notice of the State Council or decision of the bureau"))

    def __str__(self) -> str:
        return str(self.day)


class CalendarYear(models.Model):
    """A year whose days off and make-up workdays somebody has entered: where from, and what two editors meet at."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)


@triggers
def journal_is_append_only() -> list[Trigger]:
    return append_only(JournalEntry)
