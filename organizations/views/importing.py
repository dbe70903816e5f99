"""Import of a register on the desk: hand in, look at the preview, have it stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from common.files import give
from common.files.kinds import MEDIA_TYPES
from common.site.uploads import takes_files
from common.site.web import errors_into, form_page, page, post_only, respond
from organizations import actions
from organizations.actions.importing import MAX_BYTES
from organizations.forms import ImportForm
from organizations.models import RegisterImport
from organizations.register_file.template import NAME
from organizations.register_file.template import template as template_bytes
from organizations.tables import ImportTable

SHOWN = 30
XLSX = MEDIA_TYPES["xlsx"]


@takes_files(MAX_BYTES + 1024 * 1024)
@form_page("organizations.keep")
def imports(request: HttpRequest) -> HttpResponse:
    """Hand in a file; below, what was handed in before."""
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            return redirect("desk_organization_import", actions.take_in(form.cleaned_data["file"], by=request.user).pk)
    table = ImportTable.of(RegisterImport.objects.select_related("file", "job")[:SHOWN])
    return respond(request, "organizations/staff/imports.html", {"table": table}, form)


@page("organizations.keep")
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return give(template_bytes(), NAME, XLSX)


def _context(pk: int) -> dict[str, Any]:
    row = get_object_or_404(RegisterImport.objects.select_related("file", "job"), pk=pk)
    more = row.findings.get("n_errors", 0) - len(row.findings.get("errors", []))
    return {"import": row, "found": row.findings, "more": more}


@page("organizations.keep")
def import_(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: counts, first rows, what changes, every error; or how far the work is."""
    return render(request, "organizations/staff/import.html", _context(pk))


@page("organizations.keep")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The changing part of the page alone, fetched again and again while the file is worked on."""
    return render(request, "organizations/staff/_import.html", _context(pk))


@post_only("organizations.keep")
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    actions.check_again(get_object_or_404(RegisterImport, pk=pk), by=request.user)
    return redirect("desk_organization_import", pk)


@post_only("organizations.keep")
def store(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the file whose preview was seen."""
    row = get_object_or_404(RegisterImport, pk=pk)
    seen, with_hidden = request.POST.get("sha256", ""), "with_hidden" in request.POST
    actions.store_import(row, by=request.user, sha256=seen, with_hidden=with_hidden)
    return redirect("desk_organization_import", pk)
