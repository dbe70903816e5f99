from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.clock import today
from organizations.models.records import FIRST_YEAR, Record


class EarlierGrant(Record):
    """A grant from elsewhere: of whom, for what, in which year. What this system has awarded stands in its ventures."""

    slug, label = "grants", _("Earlier grant")

    class Level(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        PROVINCE = "province", _("Province")
        CITY = "city", _("Prefecture-level city")
        DISTRICT = "district", _("County, city or district")

    level = models.CharField(_("Level"), max_length=8, choices=Level.choices)
    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(FIRST_YEAR)])
    programme = models.CharField(_("Programme"), max_length=120)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "level", "year", "programme"],
                condition=models.Q(struck_at=None),
                name="one_grant_of_a_programme_a_year",
                violation_error_message=_("This grant is on record already. Please correct that record."),
            )
        ]

    def clean(self) -> None:
        if self.year and self.year > today().year:
            raise ValidationError({"year": _("The year %(year)s has not begun.") % {"year": self.year}})

    def told(self) -> str:
        return gettext("%(year)s, %(level)s: %(programme)s") % {
            "year": self.year, "level": self.get_level_display(), "programme": self.programme,
        }  # fmt: skip
