from django.db import models

from common.clock import now


class Taken(models.Model):
    """How much of a limit somebody has taken since a moment (see common.limits). `whose` is the account, the address …"""

    limit = models.CharField(max_length=30)
    whose = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "whose"], name="one_row_of_what_was_taken")]

    def __str__(self) -> str:
        return f"{self.limit} {self.whose}: {self.count}"
