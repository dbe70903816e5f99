"""Ventures: the list and the page everybody knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.site.tables.table import SORT
from common.site.web import page
from rounds.states import RoundState
from ventures.desk import queries
from ventures.desk.forms import VentureFilter
from ventures.desk.tables import VentureTable
from ventures.search_index import KIND
from ventures.visibility import knows_selection


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET)
    form.is_valid()
    rows = queries.ventures(request.user, form.cleaned_data)
    if "awarded" in request.GET.get(SORT, "") and not knows_selection(request.user):
        # Their order would tell the amounts. Without the selection they would have none.
        rows = rows.exclude(round__state=RoundState.IN_REVIEW)
    table = VentureTable.matching(rows, request, KIND)
    table.rows = [row.known_to(request.user) for row in table.rows]
    return render(request, "ventures/desk/ventures.html", {"filter": form, "table": table})
