"""Records of an organization on the desk: enter, correct, check, strike out; and its stays on platforms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.site.comparing import last_change_of
from common.site.web import errors_into, form_page, post_only, respond
from organizations import actions
from organizations.forms import EnterPlatformForm, GraduateForm, NoteForm, form_of
from organizations.models import Incubation, Organization, Record
from organizations.queries import organizations_for_desk


def _organization(request: HttpRequest, pk: int) -> Organization:
    found: Organization = get_object_or_404(organizations_for_desk(request.user), pk=pk)
    return found


def _record(request: HttpRequest, pk: int, kind: type[Record]) -> Record:
    rows = kind.objects.select_related("organization")
    return get_object_or_404(rows, organization__in=organizations_for_desk(request.user), pk=pk)


@form_page("organizations.keep")
def enter(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    row = _organization(request, pk)
    form = form_of(kind)(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.enter(kind(organization=row, **form.cleaned_data), by=request.user)
            return redirect("desk_organization", pk)
    return respond(request, "organizations/staff/record.html", {"organization": row, "label": kind.label}, form)


@form_page("organizations.keep")
def correct(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    record = _record(request, pk, kind)
    form = form_of(kind)(request.POST if request.method == "POST" else None, instance=record)
    form.last_change = last_change_of(record)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.correct(record, by=request.user, **form.cleaned_data)
            return redirect("desk_organization", record.organization_id)
    return respond(request, "organizations/staff/record.html", _context(record, NoteForm()), form)


def _context(record: Record, note: NoteForm) -> dict[str, Any]:
    return {
        "organization": record.organization,
        "label": record.label,
        "record": record,
        "strike": f"desk_{record.slug}_strike",
        "note_form": note,
    }


@post_only("organizations.keep")
def check(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    """The paper was seen."""
    record = actions.check(_record(request, pk, kind), by=request.user)
    return redirect("desk_organization", record.organization_id)


@post_only("organizations.keep")
def strike(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    """With a reason; without one the page comes back."""
    record = _record(request, pk, kind)
    form = NoteForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.strike(record, by=request.user, note=form.cleaned_data["note"])
            return redirect("desk_organization", record.organization_id)
    context = {**_context(record, form), "form": form_of(kind)(instance=record)}
    return respond(request, "organizations/staff/record.html", context, form)


@form_page("organizations.keep")
def enter_platform(request: HttpRequest, pk: int) -> HttpResponse:
    """入孵."""
    row = _organization(request, pk)
    form = EnterPlatformForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            stay = actions.enter_platform(row, by=request.user, **form.cleaned_data)
            told = _("%(name)s has entered %(platform)s.") % {"name": row, "platform": stay.platform}
            messages.success(request, told)
            return redirect("desk_organization", pk)
    return respond(request, "organizations/staff/incubation.html", {"organization": row}, form)


@form_page("organizations.keep")
def graduate(request: HttpRequest, pk: int) -> HttpResponse:
    """出孵."""
    stays = Incubation.objects.select_related("organization", "platform")
    stay = get_object_or_404(stays, organization__in=organizations_for_desk(request.user), pk=pk)
    form = GraduateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.graduate(stay, by=request.user, **form.cleaned_data)
            told = _("%(name)s has left %(platform)s.") % {"name": stay.organization, "platform": stay.platform}
            messages.success(request, told)
            return redirect("desk_organization", stay.organization_id)
    context = {"organization": stay.organization, "stay": stay}
    return respond(request, "organizations/staff/incubation.html", context, form)
