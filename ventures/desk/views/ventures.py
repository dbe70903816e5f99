"""Ventures: the list and the page everybody knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.site.web import page
from ventures.desk import queries
from ventures.desk.forms import VentureFilter
from ventures.desk.tables import VentureTable
from ventures.search_index import KIND


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET)
    form.is_valid()
    table = VentureTable.matching(queries.ventures(request.user, form.cleaned_data), request, KIND)
    return render(request, "ventures/desk/ventures.html", {"filter": form, "table": table})
