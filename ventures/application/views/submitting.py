"""提交, 补正后重新提交, and the form on paper."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.clock import clock_time
from common.errors import DomainError
from common.files import Received
from common.site.arrival import arrived_at
from common.site.uploads import takes_files
from common.site.web import errors_into, page, post_only
from ventures.application import actions
from ventures.application.forms import SubmitForm
from ventures.application.queries import steps as ask
from ventures.application.views.papers import BODY_LIMIT, bind_stamp, may_hand_in, stamp_in
from ventures.application.views.preview import printed_context, show_preview
from ventures.application.views.steps import own, venture_url
from ventures.models import Venture
from ventures.requested import sees_account, visible_venture


@takes_files(BODY_LIMIT, ask=may_hand_in)
@post_only("ventures.fill_in")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_in(request, pk, actions.submit)


@takes_files(BODY_LIMIT, ask=may_hand_in)
@post_only("ventures.fill_in")
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_in(request, pk, actions.resubmit)


def _hand_in(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    """The tick and the stamped scan are stored first, so that a refused submission loses nothing."""
    row, at = own(request, pk, ("category", "place")), arrived_at(request)
    form = SubmitForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            _store_and_submit(request, row, form, action, at)
            words = {"venture": row, "number": row.number, "time": clock_time(row.submitted_at)}
            messages.success(request, _("%(venture)s is submitted (%(time)s). Its number is %(number)s.") % words)
            return redirect(venture_url(request, row))
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(ask.application_of(row).version)  # type: ignore[index]
    return show_preview(request, row, form)


def _store_and_submit(request: HttpRequest, row: Venture, form: SubmitForm, action: Any, at: datetime) -> None:
    """In one transaction the tick, the scan and the submission, of which a refusal takes back the last only."""
    none: AbstractContextManager[Received | None] = nullcontext()
    refused: DomainError | None = None
    with stamp_in(request, "stamp") if "stamp" in request.FILES else none as scan, transaction.atomic():
        locked = actions.declare(row, by=request.user, declared=form.cleaned_data["declared"])
        if scan is not None:
            bind_stamp(request, row, scan, locked)
        try:  # an action is taken back as a whole
            action(row, by=request.user, at=at, version=form.cleaned_data["version"], locked=locked)
        except DomainError as e:
            refused = e
    if refused is not None:
        raise refused


@page("ventures.fill_in")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The application on A4."""
    row = visible_venture(request, pk)
    context = printed_context(row, whole_account=sees_account(request, row))
    return render(request, "ventures/application/print.html", context | {"back_url": venture_url(request, row)})
