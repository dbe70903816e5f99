"""The access log on the desk: for supervisor and administrator, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms import AccessFilter
from accounts.queries import access_entries
from accounts.tables import AccessTable
from common.site.web import page


@page("accounts.read_access_log")
def listing(request: HttpRequest) -> HttpResponse:
    form = AccessFilter(request.GET)
    form.is_valid()
    table = AccessTable.newest(access_entries(form.cleaned_data), request)
    return render(request, "accounts/staff/access_log.html", {"filter": form, "table": table})
