"""The form of a round as every applicant will see it, before anybody does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.site.web import page
from rounds.views.frame import whole_round
from ventures.application import views as application
from ventures.application.queries.steps import PREVIEW


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
