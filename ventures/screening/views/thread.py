"""The thread between the desk and the applicant: one form on both sides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.site.web import errors_into, post_only
from ventures.page.venture import show_venture
from ventures.requested import visible_venture
from ventures.screening import actions
from ventures.screening.forms import QueueFilter, RemarkForm
from ventures.screening.queries import pinnable
from ventures.screening.views.showing import address, forms_for, show


@post_only("ventures.fill_in")
def apply_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """A message of the applicant."""
    venture = visible_venture(request, pk)
    if not request.user.has_perm("ventures.apply", venture):
        raise NotAllowed
    form = RemarkForm(request.POST, fields=pinnable(venture.round))
    if form.is_valid():
        with errors_into(form):
            actions.remark(venture, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your message on %(venture)s is sent.") % {"venture": venture})
            return redirect(f"{reverse('apply_venture', args=[pk])}?tab=thread")
    request.refused_remark = form  # type: ignore[attr-defined]  # read by the tab
    return show_venture(request, venture, "applicant", status=form.error_status)


@post_only("ventures.screen")
def desk_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """A message of the desk."""
    venture = visible_venture(request, pk)
    forms = forms_for(request, venture, request.POST, "remark")
    if forms.remark.is_valid():
        with errors_into(forms.remark):
            actions.remark(venture, by=request.user, **forms.remark.cleaned_data)
            messages.success(request, _("Your message on %(venture)s is sent.") % {"venture": venture})
            return redirect(address("desk_screening_venture", QueueFilter(request.GET), pk) + "#thread")
    return show(request, venture, forms)
