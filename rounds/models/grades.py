"""The grades of a round's final evaluation (优秀, 良好 …), from the best down: data of the round, like its rubric."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import plain
from common.wording import listed
from rounds.models.round import PERCENT, Round


class GradeBand(models.Model):
    """A score gets the first grade whose mark it reaches. What does not pass is terminated."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="grade_bands")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(gettext_lazy("Grade"), max_length=10)
    lowest = models.DecimalField(gettext_lazy("From (points)"), max_digits=5, decimal_places=2, validators=PERCENT)
    passes = models.BooleanField(gettext_lazy("Passes"), default=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="grade_band_place"),
            models.UniqueConstraint(fields=["round", "name"], name="grade_band_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {plain(self.lowest)}"


# What a new round begins with: name, mark, whether it passes.
USUAL = (("优秀", 85, True), ("良好", 75, True), ("合格", 60, True), ("不合格", 0, False))


def usual_bands(round_: Round) -> list[GradeBand]:
    return [
        GradeBand(round=round_, ordinal=n, name=name, lowest=Decimal(lowest), passes=passes)
        for n, (name, lowest, passes) in enumerate(USUAL, 1)
    ]


def band_of(bands: Iterable[GradeBand], score: Decimal) -> GradeBand | None:
    """The grade of a score, of bands from the best down; None: the round has none for it."""
    return next((band for band in bands if score >= band.lowest), None)


def pass_mark_of(bands: Iterable[GradeBand]) -> Decimal:
    """From here on a final evaluation is passed; 100 when no grade passes."""
    return min((band.lowest for band in bands if band.passes), default=Decimal(100))


def marks_said(bands: Iterable[GradeBand]) -> str:
    """From how many points on which grade is given, of those that pass."""
    said = _("%(grade)s from %(mark)s")
    return listed(said % {"grade": band.name, "mark": plain(band.lowest)} for band in bands if band.passes)
