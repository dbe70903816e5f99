"""Pages for everybody. They open without an account, in the browser of a chat app too: nothing has to be downloaded."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.errors import Conflict
from common.paging import newest_first, row_number
from common.search import asked
from common.slots import fill
from common.web import errors_into, public, respond
from ventures.actions import file_objection
from ventures.forms.public import ObjectionForm
from ventures.models import Notice, Round
from ventures.queries import public as ask
from ventures.queries.application import deadline_of, rules_of
from ventures.queries.setup import asked_of_applicants


@public
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "rounds": [(r, deadline_of(r)) for r in ask.open_rounds()],
        "notices": ask.running_notices(),
        "sections": fill("home.sections", request),
        "finished": ask.last_finished(),
        "may_apply": _may_apply(request),
    }
    return render(request, "ventures/public/home.html", context)


def _may_apply(request: HttpRequest) -> bool:
    """Visitors are led to log in; staff and experts are not offered what is not theirs."""
    return not request.user.is_authenticated or request.user.has_perm("ventures.start")


@public
def rounds(request: HttpRequest) -> HttpResponse:
    rows, next_key = newest_first(ask.public_rounds(), request)
    return render(request, "ventures/public/rounds.html", {"rounds": rows, "next_key": next_key})


@public
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "ventures/public/round.html", round_context(request, _public_round(pk)))


def _public_round(pk: int) -> Round:
    row: Round = get_object_or_404(ask.public_rounds(), pk=pk)
    return row


def round_context(request: HttpRequest, row: Round) -> dict[str, Any]:
    """What everybody sees of a round; the desk shows it before the round is public."""
    results = ask.results_of(row)
    return {
        "round": row,
        "deadline": deadline_of(row),
        "categories": list(row.categories.all()),
        "rubric": list(row.rubric.all()),
        "rules": rules_of(row),
        "asked": asked_of_applicants(row),
        "amendments": list(row.amendments.all()),
        "tranches": list(row.tranche_rules.all()),
        "notices": list(row.notices.all()),
        "results": results,
        "figures": ask.figures_of(row) if results else None,
        "ended": ask.ENDED_STATES,
        "sections": fill("round.sections", request, row),
        "may_apply": _may_apply(request),
    }


@public
def notices(request: HttpRequest) -> HttpResponse:
    """Notices; with a query, what was on them."""
    query = asked(request)
    context: dict[str, Any] = {"query": query}
    if query:
        context["lines"], context["next_key"] = ask.noticed(query, row_number(request.GET.get("before", "")))
    else:
        context["rows"], context["next_key"] = newest_first(ask.notices(), request, ask.PAGE)
    return render(request, "ventures/public/notices.html", context)


def _notice(pk: int) -> Notice:
    return get_object_or_404(Notice.objects.select_related("round__series"), pk=pk)


@public
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    row = _notice(pk)
    context = {"notice": row, "round": row.round, "lines": ask.lines_of(row), "rulings": ask.rulings_of(row)}
    return render(request, "ventures/public/notice.html", context)


@public
def object_(request: HttpRequest, pk: int) -> HttpResponse:
    """The objection form. What was typed stays when something is refused, also after the last day."""
    row = _notice(pk)
    form = ObjectionForm(request.POST if request.method == "POST" else None, notice=row)
    if not row.is_running and not form.is_bound:
        raise Conflict(
            _("Objections were possible from %(start)s to %(end)s.") % {"start": row.opens_on, "end": row.closes_on}
        )
    if form.is_bound and form.is_valid():
        with errors_into(form):
            objection = file_objection(row, **form.cleaned_data)
            return redirect("notice_objected", receipt=ask.receipt_of(objection))
    return respond(request, "ventures/public/object.html", {"notice": row}, form)


@public
def objection(request: HttpRequest, receipt: str) -> HttpResponse:
    """The receipt: who has its address sees what became of the objection, and nothing of other ones."""
    row = ask.objection_by(receipt)
    if row is None:
        raise Http404
    return render(request, "ventures/public/objected.html", {"objection": row})


@public
def help_(request: HttpRequest) -> HttpResponse:
    return render(request, "ventures/public/help.html", {"rounds": ask.open_rounds() or list(ask.public_rounds()[:2])})
