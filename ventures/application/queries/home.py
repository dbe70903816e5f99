"""What an applicant asks: what needs me."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import today
from common.deadlines import last_day_of
from organizations.models import Membership, Organization, Part
from rounds.models import Round
from rounds.queries import open_rounds
from ventures.application.corrections import words_of
from ventures.models import Pin, Venture
from ventures.states import State

SOON_DAYS = 3
APPLYING = (Part.OWNER, Part.EDITOR)  # whose part allows it (organizations.rules)


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

    @property
    def may_apply(self) -> bool:
        return any(m.part in APPLYING for m in self.memberships)


def may_apply_for(user: Any) -> "QuerySet[Organization]":
    """Organizations in whose name this person may apply."""
    return Organization.objects.filter(memberships__user=user, memberships__part__in=APPLYING)


def desk(user: Any) -> Desk:
    """Everything on the applicant's first page, in five queries however much there is."""
    seen = Venture.objects.visible_to(user).select_related("round__series", "organization")
    ventures = [v.hold_back_selection() for v in seen.order_by("-created_at", "-pk")]
    reasons = reasons_of(ventures)
    todos = [t for v in ventures if (t := _todo(v, reasons))]
    return Desk(
        todos=sorted(todos, key=lambda t: t.due or date.max),
        ventures=ventures,
        memberships=list(
            Membership.objects.filter(user=user)
            .select_related("organization__place", "organization__host")
            .order_by("pk")
        ),
        rounds=[r for r in open_rounds() if r.is_call_open],
    )


def reasons_of(ventures: Sequence[Venture]) -> dict[int, str]:
    """Venture → what was asked with its last return or rectification, as it was told. Two queries."""
    returned = [v.pk for v in ventures if v.state == State.RETURNED]
    open_ = Pin.objects.filter(correction__venture__in=returned, correction__answered_by=None)
    pins: dict[int, list[Pin]] = defaultdict(list)
    for pin in open_.select_related("correction").order_by("pk"):
        pins[pin.correction.venture_id].append(pin)
    return {venture: words_of(found[0].correction.words, found) for venture, found in pins.items()}


def _todo(v: Venture, reasons: dict[int, str]) -> Todo | None:
    def todo(sentence: str, name: str, action: str, due: date | None, words: str = "") -> Todo:
        return Todo(v, sentence, words, due, reverse(name, args=[v.pk]), action)

    if v.state == State.DRAFT and v.round.is_call_open:
        until = last_day_of(v.round.closes_at)
        return todo(_("Draft: not submitted yet."), "apply_form", _("Continue the application"), until)
    if v.state == State.RETURNED:
        sentence = _("Returned for correction.")
        return todo(sentence, "apply_form", _("Correct it"), v.correction_due_on, reasons.get(v.pk, ""))
    if v.state == State.RECTIFYING:
        sentence = _("The mid-term was not passed: put it right and report.")
        action = _("Report the rectification")
        return todo(sentence, "apply_rectification", action, v.rectify_by, reasons.get(v.pk, ""))
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
