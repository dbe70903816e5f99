from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models.organization import not_in_the_future
from organizations.models.records import Record


class Penalty(Record):
    """行政处罚 as it was decided; one that was set aside is struck out."""

    slug, label = "penalties", _("Administrative penalty")

    authority = models.CharField(_("Decided by"), max_length=80)
    ground = models.CharField(_("Ground"), max_length=200)
    decided_on = models.DateField(_("Decided on"), validators=[not_in_the_future])

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def told(self) -> str:
        return gettext("%(day)s by %(authority)s: %(ground)s") % {
            "day": self.decided_on, "authority": self.authority, "ground": self.ground,
        }  # fmt: skip
