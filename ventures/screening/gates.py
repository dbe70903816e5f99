"""Conditions of the screening."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import deadlines
from common.clock import now
from common.machine.gates import RemedyLink
from common.wording import listed
from rounds.gates import gate as round_gate
from rounds.models import CheckItem, Round
from ventures.application.content import ApplicationContent
from ventures.application.corrections import is_answered, open_correction
from ventures.gates import gate
from ventures.models import CheckAnswer, RuleAnswer, Venture
from ventures.states import Group, waiting


def sealed(ventures: Sequence[Venture]) -> dict[Any, str]:
    """Of a sealed round nothing is decided before the call is over; one query for all."""
    rounds = Round.objects.filter(pk__in={v.round_id for v in ventures}, sealed=True, closes_at__gte=now())
    ends = {pk: deadlines.told(closes_at) for pk, closes_at in rounds.order_by().values_list("pk", "closes_at")}
    said = _("The applications of this round stay sealed until %(at)s.")
    return {v.pk: said % {"at": ends[v.round_id]} for v in ventures if v.round_id in ends}


@gate("accept", "return_for_correction", "refuse", label=gettext_lazy("The application is not sealed"), many=sealed)
def is_not_sealed(venture: Venture) -> Any:
    return sealed([venture]).get(venture.pk, True)


def open_checklists(ventures: Sequence[Venture]) -> dict[Any, str]:
    """Venture → what is not met or not answered, in three queries for all."""
    items: dict[Any, list[tuple[Any, str]]] = defaultdict(list)
    rounds = {v.round_id for v in ventures}
    for round_id, item, label in CheckItem.objects.filter(round__in=rounds).values_list("round_id", "pk", "label"):
        items[round_id].append((item, label))
    # By round and state: a few answers too many are cheaper than a list of thousands of keys.
    answers = CheckAnswer.objects.filter(
        met=True, venture__round__in=rounds, venture__state__in={v.state for v in ventures}
    )
    met = set(answers.values_list("venture_id", "item_id"))
    labels = {v.pk: [label for item, label in items[v.round_id] if (v.pk, item) not in met] for v in ventures}
    for venture, label in _rules_not_met(venture__in=labels):
        labels[venture].append(label)
    return {venture: _not_met(found) for venture, found in labels.items() if found}


@gate("accept", label=gettext_lazy("Every line of the eligibility checklist is met"), many=open_checklists)
def checklist_is_met(venture: Venture) -> Any:
    met = set(CheckAnswer.objects.filter(venture=venture.pk, met=True).values_list("item_id", flat=True))
    items = CheckItem.objects.filter(round=venture.round_id).values_list("pk", "label")
    found = [label for item, label in items if item not in met]
    found += [label for __, label in _rules_not_met(venture=venture.pk)]
    return _not_met(found) if found else True


def _rules_not_met(**which: Any) -> Iterable[tuple[Any, str]]:
    """(venture, what a rule of the round asks for) of the lines that neither the system nor a clerk has found met."""
    rows = RuleAnswer.objects.filter(Q(met=None) | Q(met=False), **which).order_by("venture", "rule__ordinal")
    return rows.values_list("venture_id", "label")


def _not_met(labels: Iterable[str]) -> str:
    return _("Not met or not answered: %(items)s.") % {"items": listed(labels)}


@round_gate(
    "begin_review",
    label=gettext_lazy("Screening is complete"),
    link=lambda _round: [RemedyLink(gettext_lazy("To the screening"), "desk_screening")],
)
def screening_is_complete(round_: Round) -> Any:
    n = round_.ventures.filter(state__in=waiting(Group.DRAFT, Group.SCREENING)).count()
    return n == 0 or ngettext(
        "%(n)s application is not screened yet.", "%(n)s applications are not screened yet.", n
    ) % {"n": n}


# --- 退回补正: how often, until when, what counts as an answer ---------------------------------------------------------


@gate("withdraw", label=gettext_lazy("It was never returned for correction"))
def was_never_returned(venture: Venture) -> Any:
    """A draft is open in every field: what a correction keeps shut would be open by this way."""
    return not venture.corrections or _("It was returned for correction; what was corrected can not be withdrawn.")


@gate("return_for_correction", label=gettext_lazy("Corrections are left"))
def corrections_are_left(venture: Venture) -> Any:
    allowed = venture.round.max_corrections
    return venture.corrections < allowed or ngettext(
        "It was returned %(n)s time; the round allows %(max)s.",
        "It was returned %(n)s times; the round allows %(max)s.",
        venture.corrections,
    ) % {
        "n": venture.corrections,
        "max": allowed,
    }


@gate("resubmit", label=gettext_lazy("The correction is in time"))
def correction_is_in_time(venture: Venture, at: datetime | None = None) -> Any:
    due = venture.correction_due_on
    return due is None or localdate(at or now()) <= due or _("The correction was due on %(due)s.") % {"due": due}


@gate("resubmit", label=gettext_lazy("What was asked is answered"))
def the_correction_is_answered(venture: Venture, answered: bool | None = None) -> Any:
    """`answered` is what the action has found behind the lock."""
    correction = open_correction(venture)
    if correction is None or (is_answered(correction, ApplicationContent(venture)) if answered is None else answered):
        return True
    pins = list(correction.pins.all())
    return ngettext(
        "Nothing has changed in the field that was returned: %(fields)s. "
        "Correct it, or write to the staff why it stays as it is.",
        "Nothing has changed in the %(n)s fields that were returned: %(fields)s. "
        "Correct them, or write to the staff why they stay as they are.",
        len(pins),
    ) % {"n": len(pins), "fields": listed(pin.label for pin in pins)}
