"""形式审查: the queue, the application and the checklist side by side."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Invalid
from common.web import errors_into, page, respond, verb
from common.working_days import last_of_working_days
from ventures import actions
from ventures.forms.staff import ChecklistForm, DecisionForm
from ventures.models import Venture
from ventures.queries import staff as queries
from ventures.queries.screening import automatic_checks
from ventures.states import State
from ventures.tabs import application_context
from ventures.views.venture import as_seen, visible_venture

QUEUE = 60  # rows beside the application; the list of ventures has them all


@page("ventures.read_desk")
def first(request: HttpRequest) -> HttpResponse:
    """The longest waiting application, or the empty queue."""
    waiting = queries.to_screen(request.user).first()
    if waiting is not None:
        return redirect("desk_screening_venture", pk=waiting.pk)
    return respond(request, "ventures/staff/screening.html", {"queue": [], "venture": None})


@page("ventures.read_desk")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, visible_venture(request, pk))


def _show(
    request: HttpRequest, venture: Venture, checks: ChecklistForm | None = None, decision: DecisionForm | None = None
) -> HttpResponse:
    """The page; with the form that was refused, what was typed and the sentences of the refusal."""
    stored = visible_venture(request, venture.pk)
    waiting = list(queries.to_screen(request.user)[: QUEUE + 1])
    place = next((n for n, v in enumerate(waiting) if v.pk == venture.pk), None)
    refused = checks if checks is not None else decision
    context = {
        **application_context(request, stored),
        "queue": waiting[:QUEUE],
        "queue_is_longer": len(waiting) > QUEUE,
        "previous": waiting[place - 1] if place else None,
        "next": waiting[place + 1] if place is not None and place + 1 < len(waiting) else None,
        "checks": checks or _checklist(stored),
        "decision": decision or DecisionForm(),
        "automatic": automatic_checks(stored),
        "may_screen": request.user.has_perm("ventures.screen") and stored.state == State.SUBMITTED,
        "due": _due(stored),
        "corrections_left": stored.round.max_corrections - stored.corrections,
    }
    return respond(request, "ventures/staff/screening.html", context, refused)


def _checklist(venture: Venture, data: Any = None) -> ChecklistForm:
    return ChecklistForm(data, items=venture.round.check_items.all(), answers=venture.check_answers.all())


def _due(venture: Venture) -> Any:
    """The day on which a correction would be due, or the sentence why it can not be computed."""
    try:
        return last_of_working_days(today() + timedelta(1), venture.round.correction_days)
    except Invalid as e:
        return str(e)


def _answer(request: HttpRequest, venture: Venture, checks: ChecklistForm) -> None:
    actions.answer_check(venture, by=request.user, answers=checks.answers())


@verb("ventures.screen")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the checklist as far as it is answered."""
    venture = as_seen(request, pk)
    checks = _checklist(venture, request.POST)
    if checks.is_valid():
        with errors_into(checks):
            _answer(request, venture, checks)
            messages.success(request, _("The checklist is saved."))
            return redirect("desk_screening_venture", pk=pk)
    return _show(request, venture, checks=checks)


@verb("ventures.screen")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """受理 with the checklist as it stands on the page; an unmet line is told and nothing typed is lost."""
    venture = as_seen(request, pk)
    checks = _checklist(venture, request.POST)
    if checks.is_valid():
        with errors_into(checks), transaction.atomic():
            if Venture.objects.filter(pk=pk, state=State.SUBMITTED).exists():  # else the door says who was first
                _answer(request, venture, checks)
            actions.accept(venture, by=request.user)
            messages.success(request, _("%(venture)s is accepted.") % {"venture": venture})
            return _onward(request)
    return _show(request, venture, checks=checks)


@verb("ventures.screen")
def return_for_correction(request: HttpRequest, pk: int) -> HttpResponse:
    venture = as_seen(request, pk)
    decision = DecisionForm(request.POST)
    if decision.is_valid():
        with errors_into(decision):
            actions.return_for_correction(venture, by=request.user, reason=decision.cleaned_data["reason"])
            messages.success(
                request,
                _("%(venture)s is returned; the correction is due on %(due)s.")
                % {"venture": venture, "due": venture.correction_due_on},
            )
            return _onward(request)
    return _show(request, venture, decision=decision)


@verb("ventures.screen")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    venture = as_seen(request, pk)
    decision = DecisionForm(request.POST)
    if decision.is_valid():
        with errors_into(decision):
            actions.refuse(venture, by=request.user, reason=decision.cleaned_data["reason"])
            messages.success(request, _("%(venture)s is refused.") % {"venture": venture})
            return _onward(request)
    return _show(request, venture, decision=decision)


def _onward(request: HttpRequest) -> HttpResponse:
    """To the next application that waits."""
    return redirect("desk_screening")
