"""Ventures: the list and the page everybody knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.search import newest_matching
from common.web import page
from ventures.forms.staff import VentureFilter
from ventures.queries import staff as queries
from ventures.search_index import KIND
from ventures.views.venture import venture_page


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET)
    form.is_valid()
    found = newest_matching(queries.ventures(request.user, form.cleaned_data), request, KIND)
    return render(request, "ventures/staff/ventures.html", {"filter": form, "page": found})


@page("ventures.read_desk")
def venture(request: HttpRequest, pk: int) -> HttpResponse:
    return venture_page(request, pk, audience="staff")
