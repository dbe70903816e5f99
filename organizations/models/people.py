"""The people of an organization: who has which part, and who is invited to one."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OneTimeLink
from common.clock import now
from organizations.models.organization import Organization

INVITATION_DAYS = 7


def in_a_week() -> Any:
    return now() + timedelta(days=INVITATION_DAYS)


class Part(models.TextChoices):
    """What somebody may do for an organization."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    FINANCE = "finance", _("Finance")
    READER = "reader", _("Reader")


class Membership(models.Model):
    """A person's part in an organization."""

    Part = Part

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.OWNER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="one_part_per_organization")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"


class Invitation(OneTimeLink):
    """An open place among the people of an organization, taken by whoever has its code first."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    part = models.CharField(_("Part"), max_length=10, choices=Part.choices)
    email = models.EmailField(_("E-mail"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(default=in_a_week)
    by_desk = models.BooleanField(default=False)  # made by a clerk, for an organization without an owner
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_part_display()}"
