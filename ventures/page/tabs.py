"""Tabs of the venture's page that this room hangs, for every audience."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.models import JournalEntry
from common.slots import slot
from common.verbs import label_of, name_verbs, state_label
from ventures.models import Activity, Report, Venture
from ventures.queries.content_view import content_view
from ventures.states import SELECTION_VERBS, State

name_verbs(
    start=_("Start a draft"),
    file_objection=_("Objection filed"),
    objection_dismissed=_("Objection dismissed"),
    objection_upheld=_("Objection upheld"),
    record_activity=_("Activity recorded"),
)
# Beside the moves, what an applicant or an expert reads of the journal; rooms above record more, for the desk only.
TOLD_TO_ALL = ("start", "file_objection", "objection_dismissed", "objection_upheld", "record_activity")
BEFORE_DELIVERY = frozenset(
    {
        State.DRAFT, State.LAPSED, State.SUBMITTED, State.RETURNED, State.NOT_ACCEPTED, State.ELIGIBLE, State.IN_REVIEW,
        State.PROPOSED, State.RESERVE, State.NOT_SELECTED, State.ON_NOTICE, State.OBJECTED, State.CANCELLED,
    }
)  # fmt: skip


def reads_desk(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("accounts.use_desk"))


@slot("venture.tabs", order=10, label=_("Timeline"), template="ventures/tabs/_progress.html")
def progress(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """Each move with who, when and words, the latest first."""
    entries = JournalEntry.objects.of(venture).order_by("-pk")
    if not reads_desk(request):
        entries = entries.exclude(to_state="") | entries.filter(verb__in=TOLD_TO_ALL)
    if venture.selection_held_back:
        entries = entries.exclude(verb__in=SELECTION_VERBS)
    return {"moves": _gathered(list(entries), venture._meta.label_lower)}


def _gathered(entries: list[JournalEntry], kind: str) -> list[dict[str, Any]]:
    """Rows of the timeline; what one person recorded several times in a row (activities, expenses) is one row."""
    rows: list[dict[str, Any]] = []
    for e in entries:
        last = rows[-1] if rows else None
        if last and not e.to_state and (last["entry"].verb, last["entry"].by_name) == (e.verb, e.by_name):
            last["times"] += 1
            last["since"] = e.at
            continue
        rows.append({"entry": e, "label": label_of(e), "to": state_label(kind, e.to_state), "times": 1, "since": e.at})
    return rows


@slot("venture.tabs", order=20, label=_("Application"), template="ventures/tabs/_application.html")
def application(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """Everything the application says, section by section."""
    return application_context(request, venture)


def application_context(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """What the application's part shows; an expert does not need names and phones to judge.

    While a correction is being written, the desk reads what was handed in.
    """
    writes = request.user.has_perm("ventures.apply", venture)
    version = None
    if venture.state == State.RETURNED and not writes:
        version = venture.submissions.order_by("ordinal").last()
        if version is not None:
            version.venture = venture
    return {"venture": venture, "content": content_view(version or venture, contact=reads_desk(request) or writes)}


@slot("venture.tabs", order=30, label=_("Screening"), template="ventures/tabs/_checks.html")
def checks(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The answers on the eligibility checklist; the desk also sees evidence and names."""
    to_desk = reads_desk(request)
    if not to_desk and (
        venture.state in {State.DRAFT, State.SUBMITTED} or not request.user.has_perm("ventures.apply", venture)
    ):
        return None
    answers = list(venture.check_answers.select_related("item").order_by("item__ordinal"))
    return {"answers": answers, "to_desk": to_desk} if answers else None


@slot("venture.tabs", order=45, label=_("Activities and reports"), template="ventures/tabs/_delivery.html")
def delivery(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Activities with totals against the plan, and the reports with their verdicts."""
    return None if venture.state in BEFORE_DELIVERY else delivery_context(venture)


def delivery_context(venture: Venture) -> dict[str, Any]:
    activities: list[Activity] = list(venture.activities.all())
    reports: list[Report] = list(venture.reports.all())
    return {
        "venture": venture,
        "activities": activities,
        "attendance": sum(a.attendance for a in activities),
        "volunteers": sum(a.volunteers for a in activities),
        "reports": reports,
    }
