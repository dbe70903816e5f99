"""Accept several at once: all or none, and for each that can not be accepted why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import DomainError
from common.site.web import post_only, respond
from ventures.models import Venture
from ventures.screening import actions, queries
from ventures.screening.forms import BatchForm, QueueFilter
from ventures.screening.views.showing import kept


@post_only("ventures.screen")
def accept_many(request: HttpRequest) -> HttpResponse:
    """What is ticked in the queue. If one can not be accepted, none is: the page says why and offers the others."""
    form = BatchForm(request.POST, seen=Venture.objects.visible_to(request.user).select_related("round"))
    filters = QueueFilter(request.GET)
    ticked: list[Venture] = []
    if form.is_valid():
        ticked = list(form.cleaned_data["ventures"])
        try:
            actions.accept_many(ticked, by=request.user)
        except DomainError as e:
            form.error_status = e.status
            form.add_error(None, _("Not all of them can pass, so none was accepted."))
        else:
            n = len(ticked)
            told = ngettext(
                "%(n)s application has passed the screening and waits for the review.",
                "%(n)s applications have passed the screening and wait for the review.",
                n,
            )
            messages.success(request, told % {"n": n})
            return redirect(reverse("desk_screening") + kept(filters))
    return respond(request, "ventures/screening/batch.html", _context(ticked, request, filters), form)


def _context(ticked: list[Venture], request: HttpRequest, filters: QueueFilter) -> dict[str, Any]:
    stored = list(Venture.objects.filter(pk__in=[v.pk for v in ticked]).select_related("round", "organization"))
    why = queries.not_acceptable(stored, request.user)
    return {
        "refused": [(v, why[v.pk]) for v in stored if v.pk in why],
        "left": [v for v in stored if v.pk not in why],
        "kept": kept(filters),
    }
