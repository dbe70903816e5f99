"""成果展 / 发布会: events, what is shown at them and in what order."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.models import Round
from ventures.models import Venture


class Events(models.QuerySet["Event"]):
    def to_come(self) -> "Events":
        """Neither held nor cancelled."""
        return self.filter(held_at=None, cancelled_at=None)

    def visible_to(self, user: Any) -> "Events":
        """Announced and held events are everyone's; what is still planned is the desk's."""
        if user.has_perm("showcases.read_plans"):
            return self
        return self.filter(is_public=True)


class Event(models.Model):
    """成果展 / 发布会: one event may show rounds and launch others (首届红色创投成果展暨第四届公益创投发布会)."""

    name = models.CharField(_("Name of the event"), max_length=120)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    venue = models.CharField(_("Venue"), max_length=120)
    introduction = models.TextField(_("Introduction"), blank=True)
    shows = models.ManyToManyField(Round, related_name="shown_at", blank=True, verbose_name=_("Rounds shown"))
    launches = models.ManyToManyField(Round, related_name="launched_at", blank=True, verbose_name=_("Rounds launched"))
    is_public = models.BooleanField(_("Announced"), default=False)
    held_at = models.DateTimeField(_("Held"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Cancelled"), null=True, blank=True)
    cancelled_because = models.CharField(_("Reason of the cancellation"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)

    # Set on the event that `actions.hold` returns: exhibits whose final evaluation is still open.
    not_evaluated: Sequence[Venture] = ()

    objects = Events.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(held_at=None) | models.Q(cancelled_at=None), name="event_held_or_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_to_come(self) -> bool:
        return self.held_at is None and self.cancelled_at is None


class ProgrammeItem(models.Model):
    """A line of the programme (议程). An item with a round launches or shows it; one with an exhibit presents it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=5)
    presenter = models.CharField(_("Presenter (role)"), max_length=60, blank=True)
    venture = models.ForeignKey(
        Venture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_items",
    )
    launches = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["event", "ordinal"], name="programme_place")]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.title}"


class Exhibit(models.Model):
    """展项: how a venture is shown at an event."""

    class Form(models.TextChoices):
        TALK = "talk", _("Talk (宣讲)")
        BOARD = "board", _("Board (展板)")
        FILM = "film", _("Film (视频)")
        STALL = "stall", _("Charity stall (义卖)")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="exhibits")
    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="exhibits")
    ordinal = models.PositiveSmallIntegerField(_("Order"))
    form = models.CharField(_("Form"), max_length=6, choices=Form.choices, default=Form.BOARD)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=5)
    presenter = models.CharField(_("Presenter (role)"), max_length=60, blank=True)
    material_received = models.BooleanField(_("Material received"), default=False)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["event", "venture"], name="venture_once_per_event"),
            models.UniqueConstraint(fields=["event", "ordinal"], name="exhibit_place"),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.venture}"
