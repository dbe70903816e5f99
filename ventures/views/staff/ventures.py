"""Ventures: the list and the page everybody knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.paging import newest_first
from common.web import page
from ventures.forms.staff import VentureFilter
from ventures.queries import staff as queries
from ventures.views.venture import venture_page


@page("ventures.read_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = VentureFilter(request.GET)
    form.is_valid()
    found = queries.ventures(request.user, form.cleaned_data)
    rows, next_key = newest_first(found, request)
    context = {"filter": form, "rows": rows, "next_key": next_key, "count": found.count()}
    return render(request, "ventures/staff/ventures.html", context)


@page("ventures.read_desk")
def venture(request: HttpRequest, pk: int) -> HttpResponse:
    return venture_page(request, pk, audience="staff")
