"""What an applicant asks: what needs me, what is still open, what is planned and done."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.clock import today
from common.models import JournalEntry
from organizations.models import Membership
from ventures.completeness import Missing, missing
from ventures.gates import moment
from ventures.models import Activity, Application, BudgetLine, Report, Round, Venture
from ventures.queries.public import last_minute, open_rounds
from ventures.states import State

SOON_DAYS = 3
FACT_NAMES = (
    "title", "category", "place", "leader", "phone", "starts_on", "ends_on", "beneficiaries", "sessions_planned",
    "attendance_planned",
)  # fmt: skip
WORD_NAMES = (
    "summary", "needs", "goals", "plan", "innovation", "sustainability", "risks", "party_building", "outcomes",
)  # fmt: skip


@dataclass(frozen=True)
class Todo:
    """Something that waits for the applicant."""

    venture: Venture
    sentence: str
    words: str
    due: date | None
    url: str
    action: str

    @property
    def days_left(self) -> int | None:
        return None if self.due is None else (self.due - today()).days

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= SOON_DAYS


@dataclass(frozen=True)
class Desk:
    todos: list[Todo]
    ventures: list[Venture]
    memberships: list[Membership]
    rounds: list[Round]


def desk(user: Any) -> Desk:
    """Everything on the applicant's first page, in six queries however much there is."""
    seen = Venture.objects.visible_to(user).select_related("round__series", "organization")
    ventures = [v.hold_back_selection() for v in seen.order_by("-created_at", "-pk")]
    returned = returned_words([v.pk for v in ventures if v.state == State.RETURNED])
    ordered = _rectifications([v.pk for v in ventures if v.state == State.RECTIFYING])
    todos = [t for v in ventures if (t := _todo(v, returned, ordered))]
    return Desk(
        todos=sorted(todos, key=lambda t: t.due or date.max),
        ventures=ventures,
        memberships=list(Membership.objects.filter(user=user).select_related("organization__place").order_by("pk")),
        rounds=[r for r in open_rounds() if r.is_call_open],
    )


def returned_words(pks: Sequence[int]) -> dict[int, str]:
    """Venture → the reason of its last return. One query."""
    rows = JournalEntry.objects.filter(
        subject_kind="ventures.venture", subject_id__in=pks, verb="return_for_correction"
    ).order_by("pk")
    return {row.subject_id: row.words for row in rows}


def _rectifications(pks: Sequence[int]) -> dict[int, Report]:
    rows = Report.objects.filter(venture__in=pks, kind=Report.Kind.MID_TERM, verdict=Report.Verdict.FAILED)
    return {row.venture_id: row for row in rows.order_by("pk")}


def _todo(v: Venture, returned: dict[int, str], ordered: dict[int, Report]) -> Todo | None:
    def todo(sentence: str, name: str, action: str, due: date | None, words: str = "") -> Todo:
        return Todo(v, sentence, words, due, reverse(name, args=[v.pk]), action)

    if v.state == State.DRAFT and v.round.is_call_open:
        until = localdate(last_minute(v.round))
        return todo(_("Draft: not submitted yet."), "apply_form", _("Continue the application"), until)
    if v.state == State.RETURNED:
        sentence = _("Returned for correction.")
        return todo(sentence, "apply_form", _("Correct it"), v.correction_due_on, returned.get(v.pk, ""))
    if v.state == State.RECTIFYING and (report := ordered.get(v.pk)):
        sentence = _("The mid-term was not passed: put it right and report.")
        return todo(
            sentence, "apply_rectification", _("Report the rectification"), report.rectify_by, report.assessment
        )
    if v.state == State.IN_DELIVERY and v.midterm_passed_at is None:
        return todo(_("The mid-term report is due at half of the period."), "apply_midterm",
                    _("Submit the mid-term report"), half_of_period(v))  # fmt: skip
    if v.state == State.IN_DELIVERY:
        return todo(_("The final report is due when the period ends."), "apply_final",
                    _("Submit the final report"), v.ends_on)  # fmt: skip
    return None


def half_of_period(venture: Venture) -> date | None:
    if venture.starts_on is None or venture.ends_on is None:
        return None
    return venture.starts_on + (venture.ends_on - venture.starts_on) / 2


# --- The application -----------------------------------------------------------------------------------------------

STEPS = {
    "basic": gettext_lazy("Basic facts"),
    "words": gettext_lazy("The plan"),
    "budget": gettext_lazy("Budget"),
    "preview": gettext_lazy("Preview and submit"),
}
_STEP_OF = (
    dict.fromkeys(FACT_NAMES, "basic")
    | dict.fromkeys(WORD_NAMES, "words")
    | dict.fromkeys(("total_budget", "requested", "self_raised", "budget"), "budget")
)


@dataclass(frozen=True)
class Step:
    """A step of the stepper with what is still open in it."""

    slug: str
    label: Any
    points: list[str]

    @property
    def is_done(self) -> bool:
        return not self.points


def steps_of(venture: Venture) -> list[Step]:
    """The steps with their open points, from the validators that also guard the submission."""
    found: Missing = missing(venture)
    found.pop("declared", None)  # ticked on the last step itself
    points: dict[str, list[str]] = {slug: [] for slug in STEPS}
    for name, sentences in found.items():
        points[_STEP_OF.get(name, "basic")] += sentences
    return [Step(slug, label, points[slug]) for slug, label in STEPS.items()]


def application_of(venture: Venture) -> Application:
    return Application.objects.filter(venture=venture).first() or Application(venture=venture)


def words_of(application: Application) -> list[tuple[Any, str]]:
    """Headings and words in the order of the printed form."""
    return [(Application._meta.get_field(n).verbose_name, getattr(application, n)) for n in WORD_NAMES]  # type: ignore[union-attr]


def fingerprint(venture: Venture, application: Application, lines: Sequence[BudgetLine]) -> str:
    """Twelve letters that change when any word or number changes: a stamped paper can be told from a later version."""
    parts = [str(getattr(venture, name)) for name in (*FACT_NAMES, "requested", "self_raised")]
    parts += [getattr(application, name) for name in WORD_NAMES]
    parts += [f"{b.category}|{b.detail}|{b.unit_price}|{b.quantity}|{b.from_grant}|{b.from_own}" for b in lines]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def rules_of(round_: Round) -> list[str]:
    """The budget rules of a round in words."""
    said = [_("At most %(cap)s 元 from the grant per venture.") % {"cap": f"{round_.cap:,.2f}"}]
    if round_.min_self_raised:
        said.append(_("At least %(p)s%% of the total budget is self-raised.") % {"p": _plain(round_.min_self_raised)})
    said += [
        _("%(category)s: at most %(p)s%% of the grant.")
        % {"category": r.get_category_display(), "p": _plain(r.max_percent)}
        for r in round_.budget_rules.all()
    ]
    return said


def _plain(number: Any) -> str:
    return f"{number.normalize():f}"


def deadline_of(round_: Round) -> str:
    return moment(round_.closes_at)


# --- Delivery ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """Planned against done. `attendance` is 人次."""

    sessions: int
    attendance: int
    volunteers: int


def progress_of(venture: Venture) -> Progress:
    found = Activity.objects.filter(venture=venture).aggregate(a=Sum("attendance"), v=Sum("volunteers"))
    return Progress(venture.activities.count(), found["a"] or 0, found["v"] or 0)


def rectification_of(venture: Venture) -> Report | None:
    """The assessment that ordered the rectification."""
    return _rectifications([venture.pk]).get(venture.pk)
