from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from common.clock import now
from common.machine.triggers import Trigger, triggers
from common.wording import labelled
from rounds.models import Round, RubricItem
from ventures.models import Venture


class Panel(models.Model):
    """评审组 of a round. An odd number of experts; 5 or 7 are common."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="panel")
    due_at = models.DateTimeField(_("Scores due"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.round} · panel"


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    ordinal = models.PositiveSmallIntegerField(help_text=_("专家1 … 专家n on the score sheet"))

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="expert_once_per_panel"),
            models.UniqueConstraint(fields=["panel", "ordinal"], name="panel_place"),
        ]

    def __str__(self) -> str:
        return str(self.expert)


class Recusal(models.Model):
    """回避: this expert neither sees nor scores this venture."""

    class Reason(models.TextChoices):
        EMPLOYED = "employed", _("Employed by the organization")
        BOARD = "board", _("On its board or its adviser")
        RELATIVE = "relative", _("Relative of its people")
        SAME_UNIT = "same_unit", _("Of the same unit")
        WORKED_ON_IT = "worked_on_it", _("Worked on the application")
        OTHER = "other", _("Other reason")

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="recusals")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(_("Reason"), max_length=14, choices=Reason.choices)
    note = models.CharField(_("Details"), max_length=200, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venture", "expert"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.expert} · {self.venture}"


class Reviews(models.QuerySet["Review"]):
    def visible_to(self, user: Any) -> "Reviews":
        """An expert sees the own scores, never another's, and nothing after a recusal; the office and supervision
        see all. Nobody else."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.is_a(Role.EXPERT):
            return self.filter(expert=user).exclude(state=Review.State.RECUSED)
        return self if user.is_a(Role.CLERK, Role.MANAGER, Role.SUPERVISOR) else self.none()


class Review(models.Model):
    """One expert's work on one venture."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("To score")
        SUBMITTED = "submitted", _("Score submitted")
        RECUSED = "recused", _("Recused")

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="reviews")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    comment = models.TextField(_("Comment"), max_length=1000, blank=True)
    assigned_at = models.DateTimeField(default=now)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    # Set on what `queries.todo_of` returns: when the expert was handed it, last.
    since: datetime | None = None

    objects = Reviews.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venture", "expert"], name="review_once"),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(total__isnull=False), name="submitted_has_total"
            ),
        ]
        indexes = [models.Index(fields=["expert", "state"], name="review_todo")]

    def __str__(self) -> str:
        return labelled(self.expert, self.venture)


class Score(models.Model):
    """Points for one criterion, 0 … weight, in steps of 0.5."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(RubricItem, on_delete=models.PROTECT)
    points = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="score_once_per_criterion")]

    def __str__(self) -> str:
        return labelled(self.item, self.points)


class Result(models.Model):
    """What the panel's scores come to, by the trimmed-mean rule. `mean` is None when there are too few scores."""

    venture = models.OneToOneField(Venture, on_delete=models.PROTECT, related_name="result")
    valid = models.PositiveSmallIntegerField()
    recused = models.PositiveSmallIntegerField(default=0)
    dropped_high = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    dropped_low = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    mean = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return labelled(self.venture, self.mean)


STEP = Decimal("0.5")


@triggers
def no_score_from_a_recused_expert() -> list[Trigger]:
    """The database refuses what the page and the action refuse: a submitted review of a recused expert, whichever of
    the two rows comes second."""
    reviews, recusals = Review._meta.db_table, Recusal._meta.db_table
    same = "x.venture_id = NEW.venture_id AND x.expert_id = NEW.expert_id"
    recused = f"NEW.state = 'submitted' AND EXISTS (SELECT 1 FROM {recusals} x WHERE {same})"
    scored = f"EXISTS (SELECT 1 FROM {reviews} x WHERE {same} AND x.state = 'submitted')"
    refusals = [(Review, "INSERT", recused), (Review, "UPDATE", recused), (Recusal, "INSERT", scored)]
    return [
        Trigger(f"{model._meta.db_table}_recused_{event.lower()}", model, event, when, "a recused expert may not score")
        for model, event, when in refusals
    ]


@triggers
def a_submitted_score_is_locked() -> list[Trigger]:
    """Points and total of a submitted review stay as they are until it is unlocked."""
    reviews = Review._meta.db_table
    submitted = f"EXISTS (SELECT 1 FROM {reviews} x WHERE x.id IN (%s) AND x.state = 'submitted')"
    locks = [
        (Score, "INSERT", submitted % "NEW.review_id"),
        (Score, "UPDATE", submitted % "OLD.review_id, NEW.review_id"),
        (Score, "DELETE", submitted % "OLD.review_id"),
        (Review, "UPDATE", "OLD.state = 'submitted' AND NEW.state = 'submitted' AND OLD.total <> NEW.total"),
    ]
    return [
        Trigger(f"{model._meta.db_table}_locked_{event.lower()}", model, event, when, "a submitted score is locked")
        for model, event, when in locks
    ]
