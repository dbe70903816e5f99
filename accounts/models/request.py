"""What one administrator alone may not do to an account, until a second person has confirmed it."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import Role, User
from common.clock import now
from common.machine.actors import LONGEST_NAME, Stamped
from common.wording import labelled

REQUEST_DAYS = 7


def in_days() -> Any:
    return now() + timedelta(days=REQUEST_DAYS)


class AccountRequests(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(outcome="", expires_at__gt=now())

    def overdue(self) -> Self:
        return self.filter(outcome="", expires_at__lte=now())


class AccountRequest(Stamped):
    """Asked for by an administrator (`by`), decided by another person, or nobody in time."""

    class Deed(models.TextChoices):
        INVITE = "invite", _("Account with a role of trust")
        ROLE = "role", _("Role of trust")
        FACTOR = "factor", _("Reset of the second factor")
        LINK = "link", _("New password without a second factor")
        REOPEN = "reopen", _("Reactivation of an account with a role of trust")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        DENIED = "denied", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")
        EXPIRED = "expired", _("Expired")

    deed = models.CharField(max_length=8, choices=Deed.choices)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests")
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=in_days)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    decided_why = models.CharField(max_length=200, blank=True)

    objects = AccountRequests.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "deed"], condition=Q(outcome=""), name="one_open_request_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed")
                | (Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("by_id")) & ~Q(decided_by_id=F("person_id"))),
                name="confirmed_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.told}"

    @property
    def told(self) -> str:
        """What is asked for, in words."""
        deed = str(self.get_deed_display())
        return labelled(deed, self.get_role_display()) if self.role else deed

    @property
    def is_open(self) -> bool:
        return not self.outcome and self.expires_at > now()
