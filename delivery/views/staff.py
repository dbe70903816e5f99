"""实施: progress against the plan, the mid-term, the final evaluation, waiving the showcase."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.machine.door import may_move
from common.site.web import errors_into, page, post_only, respond
from common.text import plain
from delivery import actions, queries
from delivery.forms import FinalForm, MidtermForm, WaiverForm
from delivery.tables import DeliveryTable
from rounds.models.grades import marks_said, pass_mark_of
from ventures.closure import actions as closure
from ventures.desk.forms import VentureFilter
from ventures.due import with_marks
from ventures.models import Venture
from ventures.requested import seen_state, visible_venture
from ventures.search_index import KIND


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET, reader=request.user, states=queries.IN_DELIVERY)
    form.is_valid()
    table = DeliveryTable.matching(queries.in_delivery(request.user, form.cleaned_data), request, KIND)
    table.rows = with_marks(table.rows, request.user)
    return render(request, "delivery/list.html", {"filter": form, "table": table})


def work_page(request: HttpRequest, template: str, pk: int, form: BaseForm, **more: Any) -> HttpResponse:
    """A venture as stored, what was delivered, and the form of one piece of work (refused or fresh)."""
    venture = visible_venture(request, pk)
    return respond(request, template, {**queries.delivered(venture), **more}, form)


@post_only("ventures.deliver")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    actions.begin_delivery(venture, by=request.user, seen_state=seen_state(request))
    messages.success(request, _("%(venture)s is in delivery; the applicant is told.") % {"venture": venture})
    return redirect("desk_venture", pk=pk)


# --- Mid-term -------------------------------------------------------------------------------------------------------


@page("ventures.read_desk")
def midterm(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_midterm(request, visible_venture(request, pk), MidtermForm())


def _show_midterm(request: HttpRequest, venture: Venture, form: MidtermForm) -> HttpResponse:
    stored = visible_venture(request, venture.pk)
    may_assess = may_move(stored, "pass_midterm", request.user)
    return work_page(request, "delivery/midterm.html", stored.pk, form, may_assess=may_assess)


@post_only("ventures.evaluate")
def pass_midterm(request: HttpRequest, pk: int) -> HttpResponse:
    return _assess(
        request,
        pk,
        actions.pass_midterm,
        _("The mid-term of %(venture)s is passed; the applicant is told and goes on."),
    )


@post_only("ventures.evaluate")
def fail_midterm(request: HttpRequest, pk: int) -> HttpResponse:
    return _assess(request, pk, actions.fail_midterm, _("%(venture)s is to be rectified; the applicant is told."))


def _assess(request: HttpRequest, pk: int, action: Any, sentence: str) -> HttpResponse:
    venture = visible_venture(request, pk)
    form = MidtermForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            action(venture, by=request.user, seen_state=seen_state(request), assessment=form.cleaned_data["assessment"])
            messages.success(request, sentence % {"venture": venture})
            return redirect("desk_venture", pk=pk)
    return _show_midterm(request, venture, form)


# --- Final evaluation -----------------------------------------------------------------------------------------------


@page("ventures.read_desk")
def final(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_final(request, visible_venture(request, pk), FinalForm())


def _show_final(request: HttpRequest, venture: Venture, form: FinalForm) -> HttpResponse:
    stored = visible_venture(request, venture.pk)
    may_assess = may_move(stored, "pass_final", request.user)
    bands = list(stored.round.grade_bands.all())
    return work_page(
        request, "delivery/final.html", stored.pk, form, may_assess=may_assess, bands=bands, marks=marks_said(bands),
        pass_mark=plain(pass_mark_of(bands)),
    )  # fmt: skip


@post_only("ventures.evaluate")
def pass_final(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    form = FinalForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.pass_final(venture, by=request.user, seen_state=seen_state(request), **form.cleaned_data)
            messages.success(
                request,
                _("%(venture)s is evaluated: %(score)s, %(grade)s.")
                % {"venture": venture, "score": venture.final_score, "grade": venture.grade},
            )
            return redirect("desk_venture", pk=pk)
    return _show_final(request, venture, form)


# --- Showcase waived ------------------------------------------------------------------------------------------------


@page("ventures.waive_showcase")
def waiver(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_waiver(request, visible_venture(request, pk), WaiverForm())


def _show_waiver(request: HttpRequest, venture: Venture, form: WaiverForm) -> HttpResponse:
    stored = visible_venture(request, venture.pk)
    may_waive = may_move(stored, "waive_showcase", request.user)
    return work_page(request, "delivery/waiver.html", stored.pk, form, may_waive=may_waive)


@post_only("ventures.waive_showcase")
def waive_showcase(request: HttpRequest, pk: int) -> HttpResponse:
    venture = visible_venture(request, pk)
    form = WaiverForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            closure.waive_showcase(venture, by=request.user, seen_state=seen_state(request), **form.cleaned_data)
            messages.success(request, _("The showcase of %(venture)s is waived.") % {"venture": venture})
            return redirect("desk_venture", pk=pk)
    return _show_waiver(request, venture, form)
