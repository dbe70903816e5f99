"""The ends of a venture: closure with its gates as a checklist, termination and its settlement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.clock import today
from common.machine.door import may_move
from common.machine.gates import checklist
from common.money import yuan
from common.site.web import errors_into, form_page, page, post_only, respond
from ventures.closure import actions, queries
from ventures.closure.forms import ClosureForm, GivingUpForm, TerminationForm
from ventures.closure.tables import ClosureTable
from ventures.models import Venture
from ventures.requested import seen_state, visible_venture
from ventures.states import State


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    table = ClosureTable.newest(queries.to_close(request.user), request)
    return render(request, "ventures/closure/closures.html", {"table": table})


# --- Closure --------------------------------------------------------------------------------------------------------


@page("ventures.read_desk")
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Every condition of the closure, met or with the sentence; the button when all are."""
    return _show_closure(request, pk, ClosureForm())


def _show_closure(request: HttpRequest, pk: int, form: ClosureForm) -> HttpResponse:
    venture = visible_venture(request, pk)
    lines = checklist(venture, "close", on=today())
    context = {
        "venture": venture,
        "lines": lines,
        "unmet": sum(not line.met for line in lines),
        "may_close": may_move(venture, "close", request.user),
        "in_closure": venture.state == State.SHOWN,
        "before_delivery": checklist(venture, "begin_delivery") if venture.state == State.AWARDED else [],
    }
    return respond(request, "ventures/closure/closure.html", context, form)


@post_only("ventures.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    form = ClosureForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.close(venture, by=request.user, seen_state=seen_state(request), **form.cleaned_data)
            messages.success(
                request, _("%(venture)s is closed; nothing is owed in either direction.") % {"venture": venture}
            )
            return redirect("desk_venture", pk=pk)
    return _show_closure(request, pk, form)


# --- Termination ----------------------------------------------------------------------------------------------------


@page("ventures.read_desk")
def termination(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_termination(request, visible_venture(request, pk), TerminationForm())


def _show_termination(request: HttpRequest, venture: Venture, form: TerminationForm) -> HttpResponse:
    stored = visible_venture(request, venture.pk)
    settling = stored.state == State.TERMINATING
    lines = checklist(stored, "settle", on=today()) if settling else []
    context = {
        "venture": stored,
        "settling": settling,
        "lines": lines,
        "unmet": sum(not line.met for line in lines),
        "may_terminate": may_move(stored, "terminate", request.user),
        "may_settle": may_move(stored, "settle", request.user),
    }
    return respond(request, "ventures/closure/termination.html", context, form)


@post_only("ventures.terminate")
def terminate(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    form = TerminationForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.terminate(venture, by=request.user, seen_state=seen_state(request), **form.cleaned_data)
            messages.success(
                request, _("%(venture)s is terminated; its money is to be settled.") % {"venture": venture}
            )
            return redirect("desk_venture_termination", pk=pk)
    return _show_termination(request, venture, form)


# --- Award given up -------------------------------------------------------------------------------------------------


@form_page("ventures.award")
def giving_up(request: HttpRequest, pk: int) -> HttpResponse:
    """An award that nobody has signed for: why, and what becomes free."""
    venture = visible_venture(request, pk)
    form = GivingUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.give_up(venture, by=request.user, seen_state=seen_state(request), **form.cleaned_data)
            messages.success(
                request,
                _("%(venture)s has given up its award; its place and %(amount)s 元 are free for a reserve.")
                % {"venture": venture, "amount": yuan(venture.awarded or 0)},
            )
            return redirect("desk_venture", pk=pk)
    stored = visible_venture(request, pk)
    context = {"venture": stored, "may_give_up": may_move(stored, "give_up", request.user)}
    return respond(request, "ventures/closure/giving_up.html", context, form)


@post_only("ventures.terminate")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    venture = actions.settle(visible_venture(request, pk), by=request.user, seen_state=seen_state(request))
    messages.success(request, _("The termination of %(venture)s is settled.") % {"venture": venture})
    return redirect("desk_venture", pk=pk)
