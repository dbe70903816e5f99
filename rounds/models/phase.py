"""The planned days of a round's phases: data of the round, like its rubric."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rounds.models.round import Round
from rounds.phases import PhaseKind


class RoundPhase(models.Model):
    """A phase with its first and last day, both included; without days it is planned and has none yet. The call is no row:
    its days are the round's own."""

    KINDS = [choice for choice in PhaseKind.choices if choice[0] != PhaseKind.CALL]

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="phases")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Phase"), max_length=10, choices=KINDS)
    label = models.CharField(_("Own name"), max_length=30, blank=True)
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="round_phase_place"),
            models.CheckConstraint(
                # Of a day that is missing a comparison would say neither yes nor no, and be let through.
                condition=Q(starts_on=None, ends_on=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="round_phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.days}"

    @property
    def name(self) -> str:
        return self.label or str(self.get_kind_display())

    @property
    def days(self) -> str:
        """2020-05-11 – 2020-05-20; — without days."""
        return days_told(self.starts_on, self.ends_on)


def days_told(first: date | None, last: date | None) -> str:
    if first is None:
        return "—"
    return f"{first}" if first == last else f"{first} – {last}"
