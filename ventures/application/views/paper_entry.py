"""Beginning an application from an earlier one, and entering one for an applicant (代录)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import now
from common.errors import NotAllowed
from common.site.web import errors_into, form_page, respond
from organizations.queries import organizations_for_desk
from rounds.models import Round
from rounds.states import RoundState
from ventures.application import actions
from ventures.application.forms.paper_entry import CopyForm, EnterForm
from ventures.models import Venture
from ventures.requested import visible_venture


@form_page("ventures.fill_in")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the empty fields of a draft from an earlier application of the same organization."""
    venture = visible_venture(request, pk)
    if not request.user.has_perm("ventures.apply", venture):
        raise NotAllowed
    sources = (
        Venture.objects.visible_to(request.user)
        .filter(organization=venture.organization_id)
        .exclude(pk=pk)
        .select_related("round__series")
        .order_by("-pk")
    )
    form = CopyForm(request.POST if request.method == "POST" else None, sources=sources)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            saved = actions.copy_from(venture, by=request.user, source=form.cleaned_data["source"])
            n = len(saved.written)
            words = ngettext("%(n)s field is filled in. Check it.", "%(n)s fields are filled in. Check them.", n)
            messages.success(request, words % {"n": n})
            return redirect("apply_form", pk=pk)
    return respond(
        request, "ventures/application/copy.html", {"venture": venture, "has_sources": sources.exists()}, form
    )


@form_page("ventures.enter_for_applicant")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """代录: begin an application that an organization has brought on paper."""
    organization = get_object_or_404(organizations_for_desk(request.user), pk=pk)
    moment = now()
    rounds = Round.objects.filter(state=RoundState.OPEN, opens_at__lte=moment, closes_at__gte=moment)
    form = EnterForm(request.POST if request.method == "POST" else None, rounds=rounds.select_related("series"))
    if form.is_bound and form.is_valid():
        with errors_into(form):
            started = actions.start(by=request.user, organization=organization, **form.cleaned_data)
            messages.success(request, _("The draft is made and marked as entered by staff. Fill it in from the paper."))
            return redirect("apply_form", pk=started.pk)
    context = {"organization": organization, "has_rounds": rounds.exists()}
    return respond(request, "ventures/application/paper_entry.html", context, form)
