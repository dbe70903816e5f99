"""How a round is called. Pages, notices, sheets and file names ask here."""

from typing import Any

import cn2an
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 60


def edition_said(edition: int) -> str:
    return "首届" if edition == 1 else f"第{cn2an.an2cn(str(edition))}届"


class CountedBy(models.TextChoices):
    """By what the rounds of a series are told apart in their names."""

    EDITION = "edition", _("By edition (首届, 第四届)")
    YEAR = "year", _("By year (2016年)")


class Named(models.Model):
    """Part of a round: its name. It has a series, an edition, a year and a city."""

    series: Any
    edition: int
    year: int
    city: str

    counted_by = models.CharField(_("Named by"), max_length=10, choices=CountedBy.choices, default=CountedBy.EDITION)
    # Stands alone: nothing is put before it or behind it.
    own_title = models.CharField(_("Title of its own"), max_length=LONGEST_TITLE, blank=True)

    class Meta:
        abstract = True

    @property
    def edition_said(self) -> str:
        """首届, 第四届."""
        return edition_said(self.edition)

    @property
    def ordinal(self) -> str:
        """首届, 第四届; of a round that is named by year 2016年."""
        return f"{self.year}年" if self.counted_by == CountedBy.YEAR else self.edition_said

    @property
    def name(self) -> str:
        """首届红色创投, 2016年公益创投, or the title of its own."""
        return self.own_title or f"{self.ordinal}{self.series.name}"

    @property
    def title(self) -> str:
        """平湖市首届红色创投, as on notices and sheets, or the title of its own."""
        return self.own_title or f"{self.city}{self.name}"

    @property
    def named_at(self) -> str:
        """The field that makes the title what it is: where somebody changes it."""
        return "own_title" if self.own_title else self.counted_by

    def title_after(self, edition: int, year: int) -> str:
        """The title of its own that a copy with this edition and year may have: its edition and year put on. "" where it
        would be the same."""
        said = self.own_title.replace(self.edition_said, edition_said(edition))
        said = said.replace(f"第{self.edition}届", f"第{edition}届").replace(str(self.year), str(year))
        return "" if said == self.own_title else said[:LONGEST_TITLE]
