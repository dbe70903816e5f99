"""A round's rules, kept as a template for rounds to come."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import LONGEST_NAME


class RoundTemplate(models.Model):
    """`content` is in the format of `docs/round-format.md`."""

    name = models.CharField(_("Name of the template"), max_length=60, unique=True)
    place = models.CharField(_("Place"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    saved_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
