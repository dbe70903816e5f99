from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """三级孵化平台."""

    CITY = "city", _("City")
    TOWN = "town", _("Town or subdistrict")
    VILLAGE = "village", _("Village or community")


class Place(models.Model):
    """An administrative division, with its code (NBS)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
