"""Incubation platforms and who is on them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.organization import Organization
from organizations.models.places import Place, Tier


class Platform(models.Model):
    """An incubation platform (孵化平台) of one of the three tiers, run by an entrusted organization."""

    name = models.CharField(max_length=80, unique=True)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    operator = models.CharField(max_length=100, blank=True, help_text=_("Organization that runs the platform"))
    operators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="platforms", blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["place__code", "name"]

    def __str__(self) -> str:
        return self.name


class Incubation(models.Model):
    """An organization on a platform: 入孵 … 出孵."""

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="incubations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="incubations")
    entered_on = models.DateField()
    graduated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(graduated_on=None) | models.Q(graduated_on__gte=models.F("entered_on")),
                name="graduated_after_entering",
                violation_error_message=_("It cannot leave the platform before it entered."),
            ),
            models.UniqueConstraint(
                fields=["organization", "platform"],
                condition=models.Q(graduated_on=None),
                name="one_stay_on_a_platform",
                violation_error_message=_("It is on this platform already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} @ {self.platform}"
