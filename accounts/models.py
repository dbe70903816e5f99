from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now


class Role(models.TextChoices):
    """What somebody does in rounds. One list for the whole house."""

    APPLICANT = "applicant", _("Applicant")
    EXPERT = "expert", _("Review expert")
    CLERK = "clerk", _("Clerk")
    FINANCE = "finance", _("Finance officer")
    MANAGER = "manager", _("Manager")
    OPERATOR = "operator", _("Platform operator")
    SUPERVISOR = "supervisor", _("Supervisor")
    ADMIN = "admin", _("Administrator")


class User(AbstractUser):
    """A person who logs in. Party membership is never kept for a person."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("Name"), max_length=60)
    phone = models.CharField(_("Phone"), max_length=30, blank=True)
    unit = models.CharField(_("Unit"), max_length=100, blank=True, help_text=_("Where the person works"))
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices, default=Role.APPLICANT)

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def is_a(self, *roles: Role) -> bool:
        return self.is_active and self.role in roles

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_superuser = False  # Rules decide, not a flag that opens every door.
        super().save(*args, **kwargs)


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
