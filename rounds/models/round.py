"""A round (届) and its rules. What differs between rounds is data here; every amount and day belongs to the round."""

from datetime import date, datetime
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.deadlines import last_day_of
from common.machine.lifecycle import pairs
from common.machine.triggers import Trigger, legal_moves, triggers
from common.money import MoneyField
from common.validators import no_mobile_number
from common.work_calendar.day_kinds import COUNTING, Counting, DayKind
from organizations.models import Place, Platform, Tier
from rounds.lifecycle import RoundLifecycle
from rounds.models.naming import CountedBy, Named
from rounds.states import TABLE, RoundState

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


# How the office is reached, as its notices say it.
CONTACTS = {
    "contact": _("Contact"),
    "address": _("Address"),
    "email": _("E-mail"),
    "supervision_phone": _("Supervision phone"),
}


class Series(models.Model):
    """A programme that comes round after round: 红色创投, 公益创投."""

    code = models.CharField(max_length=4, unique=True, help_text=_("Prefix of venture numbers, like HC"))
    name = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Rounds(models.QuerySet["Round"]):
    def public(self) -> "Rounds":
        return self.exclude(state=RoundState.PREPARING)

    def called_like(self, round_: "Round") -> "Round | None":
        """Another round with the same title. One query."""
        others = self.exclude(pk=round_.pk).select_related("series")
        return next((other for other in others if other.title == round_.title), None)


class Round(Named, RoundLifecycle):
    """One edition of a series, with everything that its rules say."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="rounds")
    edition = models.PositiveSmallIntegerField(_("Edition"))
    year = models.PositiveSmallIntegerField(_("Year"))
    city = models.CharField(_("City"), max_length=20)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, verbose_name=_("City platform"))
    host = models.CharField(_("Host (主办)"), max_length=80)
    organizer = models.CharField(_("Organizer (承办)"), max_length=80, blank=True)
    co_organizer = models.CharField(_("Co-organizers (协办)"), max_length=200, blank=True)
    contact = models.CharField(CONTACTS["contact"], max_length=80, blank=True, validators=[no_mobile_number])
    address = models.CharField(CONTACTS["address"], max_length=120, blank=True)
    email = models.EmailField(CONTACTS["email"], max_length=120, blank=True)
    supervision_phone = models.CharField(
        CONTACTS["supervision_phone"], max_length=80, blank=True, validators=[no_mobile_number]
    )
    introduction = models.TextField(_("Introduction"), blank=True)

    opens_at = models.DateTimeField(_("Call opens"))
    closes_at = models.DateTimeField(_("Call closes"), help_text=_("Inclusive; 24:00 is the next day's 00:00"))
    correction_days = models.PositiveSmallIntegerField(_("Working days for a correction"), default=5)
    max_corrections = models.PositiveSmallIntegerField(_("Corrections allowed"), default=1)
    notice_days = models.PositiveSmallIntegerField(_("Days of public notice at least"), default=5)
    notice_day_kind = models.CharField(
        _("Days of the notice are"), max_length=8, choices=DayKind.choices, default=DayKind.WORKING
    )
    # What a round does not say has no due date.
    screening_days = models.PositiveSmallIntegerField(_("Working days to screen an application"), null=True, blank=True)
    ruling_days = models.PositiveSmallIntegerField(_("Working days to rule on an objection"), null=True, blank=True)
    signing_days = models.PositiveSmallIntegerField(
        _("Working days to sign the agreement after the notice"), null=True, blank=True
    )
    payment_days = models.PositiveSmallIntegerField(
        _("Working days to pay a tranche once it can be paid"), null=True, blank=True
    )
    # A copy proposes days of the next year; somebody has to look at them before the call opens.
    days_to_check = models.BooleanField(default=False, editable=False)

    has_mid_term = models.BooleanField(
        _("There is a mid-term evaluation"),
        default=True,
        help_text=_("Without one a venture goes from its delivery straight to the final evaluation."),
    )
    budget = MoneyField(_("Budget of the round (元)"))
    cap = MoneyField(_("Cap per venture (元)"))
    min_grant = MoneyField(
        _("Grant at least (元)"),
        default=Decimal("100.00"),
        help_text=_("Less than this may neither be asked for nor awarded."),
    )
    grant_tiers = models.JSONField(_("Tiers of the grant (元)"), default=list, blank=True)  # "30000.00"; empty: free
    quota = models.PositiveSmallIntegerField(_("Ventures at most"))
    max_per_organization = models.PositiveSmallIntegerField(_("Ventures per organization"), default=1)
    min_self_raised = models.DecimalField(
        _("Self-raised share at least (%)"), max_digits=5, decimal_places=2, default=Decimal(0), validators=PERCENT
    )

    min_scores = models.PositiveSmallIntegerField(_("Valid scores needed"), default=3)
    trim_from = models.PositiveSmallIntegerField(_("Drop highest and lowest from this many scores"), default=5)
    pass_mark = models.DecimalField(_("Pass mark"), max_digits=5, decimal_places=2, default=Decimal(60))
    places = models.ManyToManyField(Place, related_name="+", blank=True, verbose_name=_("Towns"))  # none: all of them
    sealed = models.BooleanField(
        _("Applications stay sealed until the call closes"),
        default=False,
        help_text=_("Staff see how many there are, but open none before the deadline."),
    )
    # The reason is the waiver: without one there is none.
    entering_waiver = models.CharField(
        _("Who enters an application (代录) may also decide on it, because"),
        max_length=200,
        blank=True,
        help_text=_(
            "For a small office only. Empty: whoever enters an application for an organization takes no decision on it. "
            "The reason stands on the page of the round."
        ),
    )
    stamp_required = models.BooleanField(_("A stamped scan of the application is required"), default=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)
    created_at = models.DateTimeField(default=now)

    objects = Rounds.as_manager()

    class Meta:
        ordering = ["-year", "series__code", "-edition"]
        indexes = [models.Index(fields=["state", "closes_at"], name="round_by_state_and_end")]
        constraints = [
            models.UniqueConstraint(fields=["series", "edition"], name="one_round_per_edition"),
            models.UniqueConstraint(
                fields=["series", "year"],
                condition=models.Q(counted_by=CountedBy.YEAR, own_title=""),
                name="one_round_named_by_its_year",
            ),
            models.UniqueConstraint(
                fields=["own_title"], condition=~models.Q(own_title=""), name="one_round_of_this_title"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """Where people turn to, each with its label; only what is filled in."""
        return [(str(label), value) for name, label in CONTACTS.items() if (value := getattr(self, name))]

    @property
    def state_colour(self) -> str:
        return TABLE[self.state].colour

    @property
    def notice_counting(self) -> Counting:
        """How the days of its public notices are counted."""
        return COUNTING[self.notice_day_kind]

    @property
    def notice_told(self) -> str:
        """5 working days, 15 calendar days."""
        return self.notice_counting.told(self.notice_days)

    @property
    def tiers(self) -> list[Decimal]:
        """What may be asked for, when the round knows fixed amounts (档次); [] when the amount is free under the cap."""
        return [Decimal(amount) for amount in self.grant_tiers]

    def places_offered(self) -> models.QuerySet[Place]:
        """Where a venture of this round may be delivered: the chosen towns and what lies in them; all when none is chosen."""
        offered = Place.objects.filter(tier__in=[Tier.TOWN, Tier.VILLAGE])
        chosen = list(self.places.values_list("pk", flat=True))
        return offered.filter(models.Q(pk__in=chosen) | models.Q(parent__in=chosen)) if chosen else offered

    @property
    def closes_on(self) -> date:
        """The last day of the call as people say it: 24:00 belongs to the day that ends."""
        return last_day_of(self.closes_at)

    @property
    def is_call_open(self) -> bool:
        return self.is_call_open_at(now())

    def is_call_open_at(self, at: datetime) -> bool:
        return self.state == RoundState.OPEN and self.opens_at <= at <= self.closes_at


class Category(models.Model):
    """项目类别 of a round; the list is open."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="category_once_per_round")]

    def __str__(self) -> str:
        return self.name


class CheckItem(models.Model):
    """A line of the eligibility checklist (形式审查)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="check_items")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="check_item_place")]

    def __str__(self) -> str:
        return self.label


class RubricItem(models.Model):
    """A criterion of the rubric; weights of a round sum to 100. Ties are broken by `tie_break` 1, 2, 3."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rubric")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    guidance = models.CharField(max_length=200, blank=True)
    tie_break = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="rubric_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.weight}"


@triggers
def machine_in_the_database() -> list[Trigger]:
    return [legal_moves(Round, pairs(Round))]
