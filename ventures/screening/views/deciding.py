"""Answer the checklist, accept, return, refuse: each calls one action; what is refused keeps what was typed."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.site.web import errors_into, post_only
from ventures.models import Venture
from ventures.requested import seen_state, visible_venture
from ventures.screening import actions
from ventures.screening.forms import ChecklistForm, QueueFilter
from ventures.screening.views.showing import address, forms_for, onward, show
from ventures.states import State


def _answer(request: HttpRequest, venture: Venture, checks: ChecklistForm) -> None:
    actions.answer_check(venture, by=request.user, answers=checks.answers(), rules=checks.rules())


@post_only("ventures.screen")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the checklist as far as it is answered."""
    venture = visible_venture(request, pk)
    forms = forms_for(request, venture, request.POST, "checks")
    if forms.checks.is_valid():
        with errors_into(forms.checks):
            _answer(request, venture, forms.checks)
            messages.success(request, _("The checklist of %(venture)s is saved.") % {"venture": venture})
            return redirect(address("desk_screening_venture", QueueFilter(request.GET), pk))
    return show(request, venture, forms)


@post_only("ventures.screen")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """审查通过 with the checklist as it stands on the page; an unmet line is told and nothing typed is lost."""
    venture = visible_venture(request, pk)
    forms = forms_for(request, venture, request.POST, "checks")
    if forms.checks.is_valid():
        with errors_into(forms.checks), transaction.atomic():
            if Venture.objects.filter(pk=pk, state=State.SUBMITTED).exists():  # else the door says who was first
                _answer(request, venture, forms.checks)
            actions.accept(venture, by=request.user, seen_state=seen_state(request))
            messages.success(
                request, _("%(venture)s has passed the screening and waits for the review.") % {"venture": venture}
            )
            return onward(request, pk)
    return show(request, venture, forms)


@post_only("ventures.screen")
def return_for_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """退回补正 on the marked fields."""
    venture = visible_venture(request, pk)
    forms = forms_for(request, venture, request.POST, "returning")
    form = forms.returning
    if form.is_valid():
        with errors_into(form):
            correction = actions.return_for_correction(
                venture,
                by=request.user,
                seen_state=seen_state(request),
                fields=form.pins(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(
                request,
                _("%(venture)s is returned; the correction is due on %(due)s.")
                % {"venture": venture, "due": correction.due_on},
            )
            return onward(request, pk)
    return show(request, venture, forms)


@post_only("ventures.screen")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """不予受理 with a reason of the list and words."""
    venture = visible_venture(request, pk)
    forms = forms_for(request, venture, request.POST, "refusal")
    form = forms.refusal
    if form.is_valid():
        with errors_into(form):
            given = form.cleaned_data
            actions.refuse(
                venture, by=request.user, seen_state=seen_state(request), reason=given["refusal"], code=given["code"]
            )
            messages.success(
                request, _("%(venture)s is refused and ends here; the applicant is told why.") % {"venture": venture}
            )
            return onward(request, pk)
    return show(request, venture, forms)
