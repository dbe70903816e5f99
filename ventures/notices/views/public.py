"""Pages for everybody. They open without an account, in the browser of a chat app too: nothing has to be downloaded."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.client_address import address_of
from accounts.models import Role
from common.errors import Conflict
from common.limits import take
from common.search import asked
from common.site.guide import address_of_step, guide_of
from common.site.paging import row_number
from common.site.slots import fill
from common.site.tables import Table
from common.site.web import errors_into, page, public, public_form, respond
from rounds.models import Round
from rounds.models.money_plan import funds_of
from rounds.queries import asked_of_applicants, open_rounds, public_rounds
from rounds.views.frame import whole_round
from ventures.application.queries.home import used_up_by
from ventures.application.queries.steps import deadline_of, rules_of
from ventures.limits import RECEIPTS
from ventures.models import Notice
from ventures.notices import queries as ask
from ventures.notices.actions import file_objection
from ventures.notices.forms import FindObjectionForm, ObjectionForm
from ventures.notices.tables import NoticedTable, NoticeTable, ResultTable, RoundTable
from ventures.states import AWARDED_STATES, State


@public
def home(request: HttpRequest) -> HttpResponse:
    finished = ask.last_finished()
    rounds_ = open_rounds()
    used_up = used_up_by(request.user, rounds_)
    context = {
        "rounds": [(r, deadline_of(r), r.pk in used_up) for r in rounds_],
        "notices": ask.running_notices(),
        "sections": fill("home.sections", request),
        "finished": finished,
        "figure_parts": fill("round.figures", request, finished[0]) if finished else [],
        "may_apply": _may_apply(request),
    }
    return render(request, "ventures/notices/home.html", context)


def _may_apply(request: HttpRequest) -> bool:
    """Visitors are led to log in; staff and experts are not offered what is not theirs."""
    return not request.user.is_authenticated or request.user.has_perm("ventures.start")


@public
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "ventures/notices/rounds.html", {"table": RoundTable.newest(public_rounds(), request)})


@public
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "ventures/notices/round.html", round_context(request, _public_round(pk)))


def _public_round(pk: int) -> Round:
    row: Round = get_object_or_404(public_rounds(), pk=pk)
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
        "funds": funds_of(row),
        "notices": list(row.notices.all()),
        "table": ResultTable.of(results, request),
        "figures": ask.figures_of(row) if results else None,
        "figure_parts": fill("round.figures", request, row) if results else [],
        "told": ask.TOLD_STATES,
        "sections": fill("round.sections", request, row),
        "may_apply": _may_apply(request),
        "used_up": row.pk in used_up_by(request.user, [row]),
    }


@page("ventures.read_desk")
def round_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A round's public page for the desk, before everybody sees it."""
    return render(request, "ventures/notices/round_preview.html", round_context(request, whole_round(pk)))


@public
def notices(request: HttpRequest) -> HttpResponse:
    """Notices; with a query, what was on them."""
    query = asked(request)
    table: Table
    if query:
        lines, next_key = ask.noticed(query, row_number(request.GET.get("before", "")))
        table = NoticedTable(lines, request, next_key=next_key, query=query)
    else:
        table = NoticeTable.newest(ask.notices(), request, ask.PAGE)
    return render(request, "ventures/notices/notices.html", {"query": query, "table": table})


def _notice(pk: int) -> Notice:
    return get_object_or_404(Notice.objects.select_related("round__series"), pk=pk)


@public
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    row = _notice(pk)
    context = {"notice": row, "round": row.round, "lines": ask.lines_of(row), "rulings": ask.rulings_of(row)}
    return render(request, "ventures/notices/notice.html", context)


@public_form
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
            objection = file_objection(row, address=address_of(request), **form.cleaned_data)
            return redirect("notice_objected", receipt=ask.receipt_of(objection))
    return respond(request, "ventures/notices/object.html", {"notice": row}, form)


@public_form
def find_objection(request: HttpRequest) -> HttpResponse:
    """The receipt is found again by its number and the contact that was given. A wrong one of either says the same."""
    form = FindObjectionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        take(RECEIPTS, address=address_of(request))
        if found := ask.objection_of(**form.cleaned_data):
            return redirect("notice_objected", receipt=ask.receipt_of(found))
        form.add_error(None, _("No objection has this receipt number and this contact. Please compare both."))
    return respond(request, "ventures/notices/find_objection.html", {}, form)


@public
def venture(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody reads of a venture that was on a public notice: no more than notices, results and showcases say."""
    row = get_object_or_404(ask.public_ventures(), pk=pk)
    context = {
        "venture": row,
        "lines": list(row.notice_lines.select_related("notice").order_by("-pk")),
        "rulings": ask.rulings_of(row),
        "is_result": row.state in AWARDED_STATES and row.round.state in ask.RESULT_STATES,
        "is_cancelled": row.state == State.CANCELLED,
        "told": ask.TOLD_STATES,
        "sections": fill("venture.public", request, row),
    }
    return render(request, "ventures/notices/venture.html", context)


@public
def objection(request: HttpRequest, receipt: str) -> HttpResponse:
    """The receipt: who has its address sees what became of the objection, and nothing of other ones."""
    row = ask.objection_by(receipt)
    if row is None:
        raise Http404
    return render(request, "ventures/notices/objected.html", {"objection": row})


@public
def help_(request: HttpRequest) -> HttpResponse:
    """What each role does here; who is logged in reads the own part first, and is led through it again."""
    mine = getattr(request.user, "role", "")
    guides = [
        {"title": title, "steps": guide_of(role), "url": address_of_step(role, 1) if role == mine else ""}
        for role, title in Role.choices
    ]
    context = {
        "own": next((guide for guide in guides if guide["url"]), None),
        "others": [guide for guide in guides if not guide["url"]],
        "rounds": open_rounds() or list(public_rounds()[:2]),
    }
    return render(request, "ventures/notices/help.html", context)
