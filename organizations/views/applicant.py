"""An applicant's organizations: register, edit, declare inspections and ratings, ask for a host and answer as one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.site.comparing import last_change_of
from common.site.web import errors_into, form_page, post_only, respond
from organizations import actions
from organizations.actions.records import DECLARED
from organizations.codes import doubts
from organizations.forms import DeclineForm, GroupForm, HostForm, OrganizationForm, OtherForm, form_of
from organizations.models import Organization, Record
from organizations.queries import organizations_of
from organizations.views.editing import edit_form, save


@form_page("organizations.register")
def register(request: HttpRequest) -> HttpResponse:
    form = OrganizationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            organization = actions.register(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is registered.") % {"name": organization})
            for sentence in doubts(organization.credit_code):
                messages.warning(request, sentence)
            return redirect("apply_home")
    return respond(request, "organizations/form.html", {"tab": "code"}, form)


@form_page("organizations.register")
def register_group(request: HttpRequest) -> HttpResponse:
    """A 备案 group without a code of its own; the owners of its host are asked."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            group = actions.register_group(by=request.user, **form.cleaned_data)
            told = _("%(name)s is registered. %(host)s has been asked to agree.")
            messages.success(request, told % {"name": group, "host": group.host})
            return redirect("apply_organization", group.pk)
    return respond(request, "organizations/form.html", {"tab": "group"}, form)


@form_page("organizations.register")
def register_other(request: HttpRequest) -> HttpResponse:
    """A party organization or a person: neither has a code or a host."""
    form = OtherForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            applicant = actions.register(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is registered.") % {"name": applicant})
            return redirect("apply_home")
    return respond(request, "organizations/form.html", {"tab": "other"}, form)


@form_page("organizations.register")
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """See and edit an organization of one's own; somebody else's does not exist here."""
    row = _own(request, pk)
    name, editable = row.name, request.user.has_perm("organizations.edit", row)
    if request.method == "POST" and not editable:
        raise NotAllowed
    form = edit_form(request, row)
    if save(request, form, row):
        messages.success(request, _("%(name)s is saved.") % {"name": row.name})
        return redirect("apply_home")
    context = {
        "organization": row,
        "name": name,
        "editable": editable,
        "version": Organization.objects.values_list("version", flat=True).get(pk=row.pk),
        "records": _declared(row),
        "groups": row.groups.exclude(hosting=Organization.Hosting.NONE).order_by("hosting", "pk"),
        "may_host": request.user.has_perm("organizations.host", row),
        "host_form": HostForm(),
    }
    return respond(request, "organizations/form.html", context, form)


def _own(request: HttpRequest, pk: int) -> Organization:
    found: Organization = get_object_or_404(organizations_of(request.user).select_related("host", "place"), pk=pk)
    return found


def _own_to_edit(request: HttpRequest, pk: int) -> Organization:
    """The same for who may change it; asked before anything that was sent is read."""
    row = _own(request, pk)
    if not request.user.has_perm("organizations.edit", row):
        raise NotAllowed
    return row


def _declared(row: Organization) -> list[dict[str, Any]]:
    return [
        {
            "label": kind.label,
            "rows": kind.objects.filter(organization=row),
            "add": f"apply_{kind.slug}_add",
            "correct": f"apply_{kind.slug}",
        }
        for kind in DECLARED
    ]


@post_only("organizations.register")
def ask_host(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another host, or the same again."""
    row = _own_to_edit(request, pk)
    form = HostForm(request.POST)
    if form.is_valid():
        group = actions.ask_host(row, by=request.user, host_code=form.cleaned_data["host_code"])
        messages.success(request, _("%(host)s has been asked to agree.") % {"host": group.host})
    else:
        messages.error(request, _("Please enter the code of the host."))
    return redirect("apply_organization", pk)


# --- As the host ------------------------------------------------------------------------------------------------------


def _asking(request: HttpRequest, pk: int) -> Organization:
    """A group that asks one of the reader's own organizations."""
    return get_object_or_404(
        Organization.objects.select_related("host"), host__in=organizations_of(request.user), pk=pk
    )


@post_only("organizations.register")
def agree_to_host(request: HttpRequest, pk: int) -> HttpResponse:
    group = actions.agree_to_host(_asking(request, pk), by=request.user)
    messages.success(request, _("%(group)s may take part through %(host)s.") % {"group": group, "host": group.host})
    return redirect("apply_organization", group.host_id)


@form_page("organizations.register")
def decline_to_host(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason, if one likes, which the group is told."""
    group = _asking(request, pk)
    if not request.user.has_perm("organizations.host", group.host):
        raise NotAllowed
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.decline_to_host(group, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(group)s has been told.") % {"group": group})
            return redirect("apply_organization", group.host_id)
    return respond(request, "organizations/decline.html", {"group": group}, form)


# --- Declared records -------------------------------------------------------------------------------------------------


@form_page("organizations.register")
def declare(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    """An inspection or a rating of one's own; a clerk checks it later."""
    row = _own_to_edit(request, pk)
    form = form_of(kind)(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.enter(kind(organization=row, **form.cleaned_data), by=request.user)
            return redirect("apply_organization", pk)
    return respond(request, "organizations/declare.html", {"organization": row, "label": kind.label}, form)


@form_page("organizations.register")
def declare_again(request: HttpRequest, pk: int, kind: type[Record]) -> HttpResponse:
    """Correct what was declared and nobody has checked yet."""
    record = get_object_or_404(
        kind.objects.select_related("organization"), organization__in=organizations_of(request.user), pk=pk
    )
    if not request.user.has_perm("organizations.edit", record.organization):
        raise NotAllowed
    form = form_of(kind)(request.POST if request.method == "POST" else None, instance=record)
    form.last_change = last_change_of(record)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.correct(record, by=request.user, **form.cleaned_data)
            return redirect("apply_organization", record.organization_id)
    context = {"organization": record.organization, "label": kind.label, "record": record}
    return respond(request, "organizations/declare.html", context, form)
