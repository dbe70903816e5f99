"""The journal: who did what, written once."""

from typing import Any

from django.db import models

from common.clock import now
from common.machine.actors import Stamped, stamp
from common.machine.triggers import Trigger, append_only, triggers


class JournalEntries(models.QuerySet["JournalEntry"]):
    def of(self, subject: models.Model) -> "JournalEntries":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")


class JournalEntry(Stamped):
    """Who did what to which thing, when, from which state to which, with which note. Written once, never changed.

    The actor is kept as number and name, not as a foreign key: the journal outlives accounts.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = JournalEntries.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.verb}"


def record(subject: models.Model, verb: str, *, by: Any, note: str = "", **facts: Any) -> JournalEntry:
    """Journal something that is not a move (a payment, a score, a document). Call it inside the transaction."""
    return JournalEntry.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        note=note,
        facts={k: str(v) for k, v in facts.items()},
        **stamp(by),
    )


@triggers
def journal_is_append_only() -> list[Trigger]:
    return append_only(JournalEntry)
