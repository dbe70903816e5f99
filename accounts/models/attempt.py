from django.db import models

from common.clock import now


class Attempt(models.Model):
    """How often somebody has tried something since a moment (see accounts.throttle); "" stands for whoever, wherever."""

    kind = models.CharField(max_length=20)
    account = models.CharField(max_length=150, blank=True)
    address = models.CharField(max_length=45, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "account", "address"], name="one_row_of_attempts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.account} {self.address}: {self.count}"
