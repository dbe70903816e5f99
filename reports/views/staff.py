"""Excel summaries: order one, watch it being made, fetch it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.models import Job
from common.site.web import errors_into, form_page, page, respond
from reports import actions
from reports.forms import OrderForm
from reports.queries.workbooks import jobs_visible_to, workbooks_visible_to
from reports.tables import WorkbookTable

SHOWN = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lists(request: HttpRequest) -> dict[str, Any]:
    running = list(jobs_visible_to(request.user).exclude(state=Job.State.DONE)[:SHOWN])
    return {
        "jobs": running,
        "busy": any(job.state in {Job.State.QUEUED, Job.State.RUNNING} for job in running),
        "table": WorkbookTable.of(workbooks_visible_to(request.user)[:SHOWN]),
    }


@form_page("ventures.read_desk")
def home(request: HttpRequest) -> HttpResponse:
    """The order form and below it what is being made and what was made."""
    may_make = request.user.has_perm("reports.order")
    if request.method == "POST" and not may_make:
        raise NotAllowed
    form = OrderForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.order_workbook(by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The summary is being made; you may leave this page."))
            for name in form.left_out:
                messages.info(request, _("“%(name)s” is left out: it is not for a platform.") % {"name": name})
            return redirect("desk_reports")
    return respond(request, "reports/home.html", {"may_make": may_make, **_lists(request)}, form)


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    """The lists alone, fetched again and again while something is being made."""
    return render(request, "reports/_lists.html", _lists(request))


@page("ventures.read_desk")
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file under its proper name, always as an attachment; 409 when it is not the one that was made."""
    workbook = get_object_or_404(workbooks_visible_to(request.user), pk=pk)
    path = actions.fetch(workbook, by=request.user)
    return FileResponse(path.open("rb"), as_attachment=True, filename=workbook.name, content_type=XLSX)
