from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.machine.actors import Stamped
from common.machine.lifecycle import pairs
from common.machine.triggers import Trigger, legal_moves, triggers
from common.money import ZERO, MoneyField
from common.validators import PHONE
from common.wording import labelled
from organizations.models import Organization, Place, Platform
from rounds.models.round import Category, CheckItem, Round
from rounds.states import RoundState
from ventures.lifecycle import Lifecycle
from ventures.states import AWARDED_STATES, FINAL_STATES, PROPOSED_STATES, SELECTED_STATES, TABLE, State, Step
from ventures.visibility import knows_selection, visible_q

# `Venture.is_past_mid_term`, in the database.
PAST_MID_TERM = Q(midterm_passed_at__isnull=False) | Q(round__has_mid_term=False)


class Ventures(models.QuerySet["Venture"]):
    def visible_to(self, user: Any) -> "Ventures":
        """What this person may see; every list and every lookup starts here."""
        q = visible_q(user)
        return self.none() if q is None else self.filter(q)

    def of_platforms(self, ids: list[int]) -> "Ventures":
        return self.filter(platform_id__in=ids)


class Venture(Lifecycle):
    """A project that applies to a round, and what becomes of it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ventures")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="ventures")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, verbose_name=_("Incubation platform"))
    number = models.CharField(_("Number"), max_length=20, blank=True)
    title = models.CharField(_("Venture title"), max_length=80, help_text=_("Without 《》"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Category"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Place of delivery")
    )
    leader = models.CharField(_("Person in charge"), max_length=60, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True, validators=[PHONE])
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    beneficiaries = models.PositiveIntegerField(_("Direct beneficiaries (people)"), default=0)
    sessions_planned = models.PositiveIntegerField(_("Activities planned"), default=0)
    attendance_planned = models.PositiveIntegerField(_("Attendance planned"), default=0)
    total_budget = MoneyField(_("Total budget (元)"), default=ZERO)
    requested = MoneyField(_("Grant requested (元)"), default=ZERO)
    self_raised = MoneyField(_("Self-raised (元)"), default=ZERO)

    submitted_at = models.DateTimeField(null=True, blank=True)
    correction_due_on = models.DateField(null=True, blank=True)
    corrections = models.PositiveSmallIntegerField(default=0)
    refusal_reason = models.CharField(_("Reason of the refusal"), max_length=12, blank=True)  # RefusalReason
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    # Proposed by the selection, granted by the award: `grant` is what nobody can dispute any more.
    awarded = MoneyField(_("Awarded (元)"), null=True, blank=True)
    rectify_by = models.DateField(null=True, blank=True)
    midterm_passed_at = models.DateTimeField(null=True, blank=True)
    final_passed_at = models.DateTimeField(null=True, blank=True)
    final_score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # The name of the round's band as it was given: a list asks for no other table, and what was said stays said.
    grade = models.CharField(max_length=10, blank=True)
    showcase_waived = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Who began it for the applicant (代录). Four eyes hang on it, so an account that is named here stays (it can be closed).
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Entered by staff (代录)"),
    )  # fmt: skip
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)
    created_at = models.DateTimeField(default=now)

    objects = Ventures.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["round", "state", "id"], name="venture_queue"),
            models.Index(fields=["round", "id"], name="venture_by_round"),
            models.Index(fields=["platform", "id"], name="venture_by_platform"),
            models.Index(fields=["platform", "state", "id"], name="venture_by_platform_state"),
            models.Index(fields=["state", "id"], name="venture_by_state"),
            models.Index(fields=["state", "submitted_at", "id"], name="venture_waiting"),
            models.Index(fields=["title"], name="venture_by_title"),
            models.Index(fields=["number"], name="venture_by_number"),
            models.Index(fields=["requested", "id"], name="venture_by_requested"),
            models.Index(fields=["awarded", "id"], name="venture_by_awarded"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], condition=~Q(number=""), name="number_once_per_round"),
            models.CheckConstraint(
                condition=Q(awarded=None) | Q(awarded__lte=F("requested")), name="award_within_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}《{self.title}》" if self.number else f"《{self.title}》"

    selection_held_back = False
    # Set on the rows of a list: what is overdue or due soon, as far as its reader may know.
    due_marks: Sequence[Any] = ()

    def known_to(self, reader: Any) -> "Venture":
        """Before the notice is published nobody but the office knows what the selection made of a venture: for others a
        copy, never saved, that is “in review” and has no result."""
        # The round last: for the office, which moves hundreds at once, it is not read.
        if self.state not in SELECTED_STATES or knows_selection(reader) or self.round.state != RoundState.IN_REVIEW:
            return self
        known = copy(self)
        known.__dict__ |= {"state": State.IN_REVIEW.value, "score": None, "rank": None, "awarded": None}
        known.selection_held_back = True
        return known

    @property
    def grant(self) -> Decimal | None:
        """核定资助, 元; None while it is only proposed or on notice."""
        return self.awarded if self.state in AWARDED_STATES else None

    @property
    def proposed_grant(self) -> Decimal | None:
        """拟资助, 元: what the selection proposes, until the award; of what was cancelled nothing."""
        return self.awarded if self.state in PROPOSED_STATES else None

    @property
    def entered_by_staff(self) -> bool:
        return self.entered_by_id is not None

    def is_entered_by(self, user: Any) -> bool:
        """Whether this person began it for the applicant (代录), or handed in anything for it: a version, a report."""
        if not self.entered_by_staff or user.pk is None:
            return False
        handed_in = self.submissions.filter(by_id=user.pk)  # type: ignore[attr-defined]
        return bool(self.entered_by_id == user.pk) or handed_in.exists() or self.acting.filter(user=user.pk).exists()

    def remember_acting(self, user: Any) -> None:
        """Whoever hands in a report for the applicant: rooms above say it, because here nobody knows of reports."""
        if self.entered_by_staff and user.pk:
            ActingForApplicant.objects.get_or_create(venture=self, user_id=user.pk)

    def why_not(self, by: Any) -> str:
        return self.entered_by_yourself if self.is_entered_by(by) and not self.round.entering_waiver else ""

    @property
    def entered_by_yourself(self) -> str:
        return _(
            "You have entered %(venture)s for the applicant (代录) yourself. Who enters an application takes no decision on "
            "it: another clerk or the manager does. A small office may waive this for a round, with its reason."
        ) % {"venture": self}

    @property
    def is_final(self) -> bool:
        return self.state in FINAL_STATES

    @property
    def state_colour(self) -> str:
        return TABLE[self.state].colour

    @property
    def step(self) -> Step:
        """What comes next for this venture. Needs its round for a draft, one query while it is on notice."""
        steps = [s for s in TABLE[self.state].steps if not s.when or getattr(self, s.when)]
        return steps[-1]

    # --- What the table of states asks: when a step takes the place of another ---

    @property
    def call_is_over(self) -> bool:
        return not self.round.is_call_open

    @property
    def correction_is_overdue(self) -> bool:
        return self.correction_due_on is not None and self.correction_due_on < today()

    @property
    def notice_is_over(self) -> bool:
        return bool(self.last_notice and self.last_notice.is_over)

    @property
    def is_past_mid_term(self) -> bool:
        """The mid-term is passed, or the round has none: the final report is next. Needs its round until it is passed."""
        return self.midterm_passed_at is not None or not self.round.has_mid_term

    @cached_property
    def last_notice(self) -> Any:
        line = self.notice_lines.select_related("notice").order_by("-notice").first()  # type: ignore[attr-defined]
        return line.notice if line else None


class CheckAnswer(Stamped):
    """One line of the eligibility checklist, answered with evidence, by whom and when."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="check_answers")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT)
    met = models.BooleanField()
    evidence = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venture", "item"], name="check_answer_once")]

    def __str__(self) -> str:
        return labelled(self.item, self.met)


class ActingForApplicant(models.Model):
    """Staff who have handed in something for the applicant of a 代录 venture, beside versions of the application: they take
    no decision on it."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="acting")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venture", "user"], name="acting_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.venture}"


@triggers
def machines_in_the_database() -> list[Trigger]:
    return [legal_moves(Venture, pairs(Venture))]


@triggers
def a_round_gives_what_it_has() -> list[Trigger]:
    """The backstop of `ventures.allotment`: money and places of a round, when an amount is proposed or grows, and when
    the round itself shrinks."""
    venture, round_ = Venture._meta.db_table, Round._meta.db_table
    others = f"FROM {venture} v WHERE v.round_id = NEW.round_id AND v.awarded IS NOT NULL"
    own = f"FROM {round_} r WHERE r.id = NEW.round_id"

    def beyond(others: str) -> str:
        return (
            f"((SELECT COALESCE(SUM(v.awarded), 0) {others}) + NEW.awarded > (SELECT r.budget {own})"
            f" OR (SELECT COUNT(*) {others}) >= (SELECT r.quota {own}))"
        )

    given = f"FROM {venture} v WHERE v.round_id = NEW.id AND v.awarded IS NOT NULL"
    shrunk = (
        f"NEW.budget < OLD.budget AND (SELECT COALESCE(SUM(v.awarded), 0) {given}) > NEW.budget"
        f" OR NEW.quota < OLD.quota AND (SELECT COUNT(*) {given}) > NEW.quota"
    )
    grows = "NEW.awarded IS NOT NULL AND (OLD.awarded IS NULL OR NEW.awarded > OLD.awarded)"
    more, less = f"{venture}: more than the round has left", f"{round_}: less than is given already"
    return [
        Trigger(
            f"{venture}_within_round", Venture, "UPDATE", f"{grows} AND {beyond(f'{others} AND v.id <> NEW.id')}", more
        ),
        Trigger(
            f"{venture}_begins_within_round", Venture, "INSERT", f"NEW.awarded IS NOT NULL AND {beyond(others)}", more
        ),
        Trigger(f"{round_}_holds_its_awards", Round, "UPDATE", shrunk, less),
    ]
