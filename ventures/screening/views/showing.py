"""The page: left who waits, in the middle what was handed in, right what is checked and decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common.clock import today
from common.errors import Invalid
from common.site.guide import with_guide
from common.site.paging import row_number
from common.site.web import page, respond
from common.work_calendar.working_days import last_of_working_days
from ventures.application.queries.content_view import content_view
from ventures.application.queries.versions import versions_of
from ventures.models import Correction, Venture
from ventures.requested import visible_venture
from ventures.screening import queries
from ventures.screening.forms import FLAG_LABELS, ChecklistForm, QueueFilter, RefusalForm, RemarkForm, ReturnForm
from ventures.states import Group, State, waiting


@dataclass
class Forms:
    """The forms of the page, and which of them was refused: what was typed stays."""

    checks: ChecklistForm
    returning: ReturnForm
    refusal: RefusalForm
    remark: RemarkForm
    refused: Any = None


def forms_for(request: HttpRequest, venture: Venture, data: Any = None, bind: str = "") -> Forms:
    """All forms of the page; the one called `bind` with what was sent."""
    fields = queries.pinnable(venture.round)

    def given(name: str) -> Any:
        return data if name == bind else None

    items, answers = venture.round.check_items.all(), venture.check_answers.all()
    lines = queries.rule_lines(venture, request.user)
    found = Forms(
        ChecklistForm(given("checks"), items=items, answers=answers, lines=lines),
        ReturnForm(given("returning"), fields=fields),
        RefusalForm(given("refusal")),
        RemarkForm(given("remark"), fields=fields),
    )
    found.checks.last_change = lambda: _last_answer(venture)
    found.refused = getattr(found, bind) if bind else None
    return found


def _last_answer(venture: Venture) -> tuple[str, datetime] | None:
    """Who answered a line of the checklist last, and when."""
    rows: list[Any] = [
        venture.check_answers.order_by("-at").first(),
        venture.rule_answers.exclude(by_id=None).order_by("-at").first(),
    ]
    last = max(filter(None, rows), key=lambda row: row.at, default=None)
    return (last.by_name, last.at) if last else None


@page("ventures.read_desk")
def first(request: HttpRequest) -> HttpResponse:
    """The longest waiting application by these filters (behind `?after=`), or the empty queue."""
    filters = QueueFilter(request.GET)
    rows = queries.filtered(request.user, filters.wanted())
    after = row_number(request.GET.get("after", ""))
    found = (queries.behind(rows, after).first() if after else None) or rows.first()
    if found is not None:
        return redirect(with_guide(request, address("desk_screening_venture", filters, found.pk)))
    context = {"venture": None, "filters": filters, "kept": kept(filters), "query": filters.wanted().get("q", "")}
    return respond(request, "ventures/screening/screening.html", context)


@page("ventures.read_desk")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    return show(request, venture, forms_for(request, venture))


def show(request: HttpRequest, venture: Venture, forms: Forms) -> HttpResponse:
    stored = visible_venture(request, venture.pk)
    filters = QueueFilter(request.GET)
    wanted = filters.wanted()
    rows = queries.filtered(request.user, wanted)
    previous, following = queries.neighbours(rows, stored)
    context = {
        "venture": stored,
        "filters": filters,
        "kept": kept(filters),
        "query": wanted.get("q", ""),
        "n_filters": len(set(wanted) - {"q"}),
        "queue": _queue(request, rows),
        "previous": previous,
        "next": following,
        **_application(stored),
        **_work(request, stored, forms),
    }
    return respond(request, "ventures/screening/screening.html", context, forms.refused)


def _queue(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """A page of the queue, each row with its marks and whether it may be ticked."""
    found = queries.page_of(rows, row_number(request.GET.get("after", "")))
    lines = [
        {"v": v, "flags": [(f, FLAG_LABELS[f]) for f in found.flags[v.pk]], "acceptable": v.pk in found.acceptable}
        for v in found.rows
    ]
    return {"lines": lines, "next_key": found.next_key, "any_acceptable": bool(found.acceptable)}


def _application(venture: Venture) -> dict[str, Any]:
    """What was handed in, its versions and files, and what corrections have changed."""
    versions = versions_of(venture)
    version = queries.shown_version(venture, versions)
    open_ = Correction.objects.filter(venture=venture, answered_by=None).prefetch_related("pins").first()
    return {
        "content": content_view(version or venture, contact=True, pins=open_.pins.all() if open_ else ()),
        "version": version,
        "versions": versions,
        "files": queries.files_of(venture, version),
        "open_correction": open_,
        "answered": queries.answered_corrections(venture),
    }


def _work(request: HttpRequest, venture: Venture, forms: Forms) -> dict[str, Any]:
    may = request.user.has_perm
    waits = venture.state == State.SUBMITTED
    return {
        "forms": forms,
        "automatic": queries.automatic_checks(venture, request.user, [line.finding for line in forms.checks.lines]),
        "may_decide": waits and may("ventures.decide", venture),
        "entered_it": waits and may("ventures.screen") and venture.why_not(request.user),
        "may_write": may("ventures.screen") and venture.state in waiting(Group.SCREENING),
        "due": _due(venture),
        "corrections_left": venture.round.max_corrections - venture.corrections,
        "remarks": list(venture.remarks.all()),
    }


def _due(venture: Venture) -> Any:
    """The day on which a correction would be due, or the sentence why it can not be computed."""
    try:
        return last_of_working_days(today() + timedelta(1), venture.round.correction_days)
    except Invalid as e:
        return str(e)


# --- Addresses --------------------------------------------------------------------------------------------------------


def kept(filters: QueueFilter, **more: Any) -> str:
    """The filters as the end of an address."""
    given = {**filters.in_url(), **more}
    return f"?{urlencode(given)}" if given else ""


def address(name: str, filters: QueueFilter, pk: int) -> str:
    return reverse(name, args=[pk]) + kept(filters)


def onward(request: HttpRequest, pk: int) -> HttpResponse:
    """To the next application that waits, by the same filters."""
    return redirect(reverse("desk_screening") + kept(QueueFilter(request.GET), after=pk))
