from django.db import models

from accounts.models.user import User
from common.clock import now
from common.machine.actors import Stamped


class Reminder(Stamped):
    """Somebody was reminded of something that is due: of one thing no more than once a day, whoever reminds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    due = models.CharField(max_length=20)  # which of its due dates (common.machine.due)
    on = models.DateField()  # the day of the reminder
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_kind", "subject_id", "due", "on"], name="one_reminder_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.subject_kind} {self.subject_id} {self.due}"
