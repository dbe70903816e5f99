from django.db import models

from common.clock import now


class Sending(models.Model):
    """A form that was sent and did what it says (common.site.sending). `token` is of the page on which it stood, `digest` of
    who sent what to which address."""

    token = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "digest"], name="sent_once")]

    def __str__(self) -> str:
        return f"{self.token} {self.at:%Y-%m-%d %H:%M}"
