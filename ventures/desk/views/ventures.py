"""Ventures: the list and the page everybody knows, and 催办 from both."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from common.errors import Invalid
from common.site.tables.table import SORT
from common.site.web import page, post_only
from rounds.states import RoundState
from ventures.desk import queries
from ventures.desk.actions import Reminded, remind
from ventures.desk.forms import RemindForm, VentureFilter
from ventures.desk.tables import RemindingTable, VentureTable
from ventures.due import with_marks
from ventures.models import Venture
from ventures.requested import visible_venture
from ventures.search_index import KIND
from ventures.visibility import knows_selection


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET, reader=request.user)
    form.is_valid()
    rows = queries.ventures(request.user, form.cleaned_data)
    if "awarded" in request.GET.get(SORT, "") and not knows_selection(request.user):
        # Their order would tell the amounts. Without the selection they would have none.
        rows = rows.exclude(round__state=RoundState.IN_REVIEW)
    may_remind = request.user.has_perm("ventures.remind")
    table = (RemindingTable if may_remind else VentureTable).matching(rows, request, KIND)
    table.rows = with_marks([row.known_to(request.user) for row in table.rows], request.user)
    context = {"filter": form, "table": table, "can_tick": may_remind and any(r.due_marks for r in table.rows)}
    return render(request, "ventures/desk/ventures.html", context)


# --- 催办 ---------------------------------------------------------------------------------------------------------------


@post_only("ventures.remind")
def remind_one(request: HttpRequest, pk: int) -> HttpResponse:
    _tell(request, remind([visible_venture(request, pk)], by=request.user))
    return redirect("desk_venture", pk=pk)


@post_only("ventures.remind")
def remind_many(request: HttpRequest) -> HttpResponse:
    """What is ticked in the list, or the one whose button was pressed; back to the list as it was filtered."""
    form = RemindForm(request.POST, seen=Venture.objects.visible_to(request.user))
    if not form.is_valid():
        raise Invalid({"ventures": [e for errors in form.errors.values() for e in errors]})
    _tell(request, remind(form.asked, by=request.user))
    return redirect(f"{reverse('desk_ventures')}?{request.GET.urlencode()}".rstrip("?"))


def _tell(request: HttpRequest, reminded: Reminded) -> None:
    if n := len(reminded.told):
        said = ngettext("Who has %(n)s venture in hand is reminded.", "Who has %(n)s ventures in hand is reminded.", n)
        messages.success(request, said % {"n": n})
    for why in reminded.untold:
        messages.warning(request, why)
