"""公示 and 异议."""

from copy import copy
from typing import Any

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.money import MoneyField
from common.work_calendar.day_kinds import COUNTING, DayKind
from rounds.models.round import Round
from ventures.models.venture import Venture


class Notice(models.Model):
    """A public notice of the ventures proposed for award. `closes_on` is its last day, included."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    day_kind = models.CharField(max_length=8, choices=DayKind.choices, default=DayKind.WORKING)  # its round's
    published_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-published_at"]
        indexes = [models.Index(fields=["closes_on", "id"], name="notice_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="notice_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days_told(self) -> str:
        """5 working days, 15 calendar days."""
        return COUNTING[self.day_kind].told(self.days)

    @property
    def is_running(self) -> bool:
        return self.opens_on <= today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        return today() > self.closes_on


class NoticeLine(models.Model):
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="lines")
    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="notice_lines")
    ordinal = models.PositiveIntegerField()
    amount = MoneyField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["notice", "venture"], name="venture_once_per_notice")]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.venture}"


class Objection(models.Model):
    """异议: from a person with real name and contact, or from a unit with its seal."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person, real name")
        UNIT = "unit", _("Unit, with seal")

    class State(models.TextChoices):
        FILED = "filed", _("Filed")
        NOT_ADMITTED = "not_admitted", _("Not admitted")
        ADMITTED = "admitted", _("Admitted")
        DISMISSED = "dismissed", _("Dismissed")
        UPHELD = "upheld", _("Upheld")

    OPEN = (State.FILED, State.ADMITTED)

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="objections", verbose_name=_("Venture"))
    kind = models.CharField(_("Who objects"), max_length=6, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(_("Name"), max_length=60)
    contact = models.CharField(_("Contact"), max_length=80)
    text = models.TextField(_("What and why"), max_length=2000)
    state = models.CharField(max_length=12, choices=State.choices, default=State.FILED)
    ruling = models.TextField(_("Ruling"), blank=True)
    filed_at = models.DateTimeField(default=now)
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-filed_at"]
        indexes = [models.Index(fields=["state", "id"], name="objection_by_state")]

    def __str__(self) -> str:
        return f"{self.venture} {self.get_state_display()}"

    @property
    def number(self) -> str:
        """What stands on the receipt: YY-20200605-0012."""
        return f"YY-{localtime(self.filed_at):%Y%m%d}-{self.pk:04d}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def known_to(self, reader: Any) -> "Objection":
        """Who objects, and how to reach them, only those who look into it know, as the form promises. For all others a
        copy, never saved, that does not say it."""
        if reader.has_perm("ventures.rule_on_objections", self.venture):
            return self
        known = copy(self)
        known.__dict__ |= {"name": "", "contact": ""}
        return known
