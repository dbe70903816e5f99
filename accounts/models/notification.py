from django.db import models

from accounts.models.user import User
from common.clock import now


class Notification(models.Model):
    """A message in the site to one person, from the outbox; `key` keeps it single."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=140)
    text = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notification_per_event")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text
