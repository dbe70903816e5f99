"""What an applicant hands in while the venture runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.machine.door import open_verbs
from common.site.forms import ReversalForm
from common.site.web import errors_into, form_page, respond
from delivery import actions
from delivery import queries as ask
from delivery.forms import ActivityForm, ReportForm
from delivery.models import Activity
from delivery.tables import ActivityTable
from ventures.models import Venture
from ventures.requested import visible_venture


def _own(request: HttpRequest, pk: int) -> Venture:
    row = visible_venture(request, pk)
    if not request.user.has_perm("ventures.apply", row):
        raise NotAllowed
    return row


@form_page("ventures.start")
def activities(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = ActivityForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            activity = actions.record_activity(row, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The activity “%(activity)s” is recorded and counts at once.") % {"activity": activity}
            )
            return redirect("apply_activities", pk=pk)
    context = {
        "venture": row,
        "table": ActivityTable.of(reversed(ask.activities_of(row))),
        "progress": ask.progress_of(row),
    }
    return respond(request, "delivery/activities.html", context, form)


@form_page("ventures.start")
def reverse_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity that was recorded by mistake: why, and what the counter-entry does."""
    seen = Venture.objects.visible_to(request.user).order_by().values("pk")
    activity = get_object_or_404(Activity.objects.filter(venture__in=seen), pk=pk)
    row = _own(request, activity.venture_id)
    form = ReversalForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.reverse_activity(activity, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("“%(activity)s” is taken back; record the right one below.") % {"activity": activity}
            )
            return redirect("apply_activities", pk=row.pk)
    return respond(request, "delivery/reverse_activity.html", {"venture": row, "activity": activity}, form)


@form_page("ventures.start")
def midterm(request: HttpRequest, pk: int) -> HttpResponse:
    return _report(request, pk, "report_midterm", actions.hand_in_midterm)


@form_page("ventures.start")
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    return _report(request, pk, "report_rectification", actions.hand_in_midterm)


@form_page("ventures.start")
def final(request: HttpRequest, pk: int) -> HttpResponse:
    return _report(request, pk, "report_final", actions.hand_in_final)


def _report(request: HttpRequest, pk: int, verb: str, action: Any) -> HttpResponse:
    row = _own(request, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound and verb not in open_verbs(row, request.user):
        sentence = _("%(venture)s is “%(state)s”: this report can not be handed in now.")
        messages.info(request, sentence % {"venture": row, "state": row.get_state_display()})
        return redirect("apply_venture", pk=pk)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            action(row, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The report on %(venture)s is handed in and waits for its assessment.") % {"venture": row}
            )
            return redirect("apply_venture", pk=pk)
    context = {
        "venture": row,
        "verb": verb,
        "progress": ask.progress_of(row),
        "ordered": ask.rectification_of(row) if verb == "report_rectification" else None,
    }
    return respond(request, "delivery/report.html", context, form)
