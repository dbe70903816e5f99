"""An amendment: what changes, before and after, why; published at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.errors import Conflict, Stale
from common.site.slots import fill
from common.site.web import errors_into, form_page, respond
from rounds.actions import amending as actions
from rounds.forms.amending import AmendForm
from rounds.models import Round


@form_page("rounds.amend")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """First the difference is shown (`look`), then it is published (`publish`)."""
    row = get_object_or_404(Round.objects.select_related("series"), pk=pk)
    allowed = actions.amendable(row)
    if not allowed:
        raise Conflict(
            _("%(round)s is “%(state)s”; there is nothing to amend.") % {"round": row, "state": row.get_state_display()}
        )
    initial = {**AmendForm.shown(row), "base_digest": actions.amendable_digest(row)}
    if not initial["places"]:  # everywhere is open already
        allowed.pop("places", None)
    form = AmendForm(request.POST or None, allowed=allowed, initial=initial)
    context: dict[str, Any] = {"round": row, "amendments": list(row.amendments.all()), "differences": None}
    if form.is_bound and form.is_valid():
        with errors_into(form):
            given = {"by": request.user, "text": form.cleaned_data["text"], "changes": form.changes}
            if "publish" not in request.POST:
                context["differences"] = actions.differences(row, **given)
                context["parts"] = fill("round.amendment", request, row)
            else:
                try:
                    amendment = actions.amend(row, **given, base_digest=form.cleaned_data["base_digest"] or None)
                except Stale:
                    form.rebase(actions.amendable_digest(row))
                    raise
                messages.success(
                    request, _("Amendment %(n)s is published; the applicants are told.") % {"n": amendment.ordinal}
                )
                return redirect("desk_round", pk=pk)
    return respond(request, "rounds/amend.html", context, form)
