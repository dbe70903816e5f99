"""The round as everybody and every applicant will see it, before anybody does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.web import page
from ventures.queries.application import PREVIEW
from ventures.views import application
from ventures.views.public import round_context
from ventures.views.staff.setup.frame import whole_round


@page("ventures.read_desk")
def public_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The round's public page."""
    row = whole_round(pk)
    return render(request, "ventures/staff/setup/preview_public.html", round_context(request, row))


@page("ventures.read_desk")
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A step of the application with the round's own sections and questions, over a sample that is never stored.

    The stepper of the sample asks for a step by `?step=`.
    """
    if (wanted := request.GET.get("step", "")) == PREVIEW:
        messages.info(request, _("The last step shows the applicant's own application; a sample has none."))
    elif wanted.replace("-", "").isalnum() and wanted.isascii():
        return redirect("desk_round_preview", pk=pk, step=wanted)
    return application.preview(request, whole_round(pk), step)
