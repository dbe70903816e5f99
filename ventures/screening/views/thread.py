"""The thread between the desk and the applicant: one form on both sides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from common.web import errors_into, verb
from ventures import actions
from ventures.forms.screening import QueueFilter, RemarkForm
from ventures.queries.screening import pinnable
from ventures.views.staff.screening.showing import address, forms_for, show
from ventures.views.venture import show_venture, visible_venture


@verb("ventures.fill_in")
def apply_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """A message of the applicant."""
    venture = visible_venture(request, pk)
    form = RemarkForm(request.POST, fields=pinnable(venture.round))
    if form.is_valid():
        with errors_into(form):
            actions.remark(venture, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your message is sent."))
            return redirect(f"{reverse('apply_venture', args=[pk])}?tab=thread")
    request.refused_remark = form  # type: ignore[attr-defined]  # read by the tab
    return show_venture(request, venture, "applicant", status=form.error_status)


@verb("ventures.screen")
def desk_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """A message of the desk."""
    venture = visible_venture(request, pk)
    forms = forms_for(venture, request.POST, "remark")
    if forms.remark.is_valid():
        with errors_into(forms.remark):
            actions.remark(venture, by=request.user, **forms.remark.cleaned_data)
            messages.success(request, _("Your message is sent."))
            return redirect(address("desk_screening_venture", QueueFilter(request.GET), pk) + "#thread")
    return show(request, venture, forms)
