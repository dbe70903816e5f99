"""People on the desk: the administrator makes accounts, gives roles and takes them away; the supervisor reads."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import actions
from accounts.client_address import site_of
from accounts.forms import PeopleFilter, PersonForm, ReasonForm, RoleForm
from accounts.models import LINK_DAYS, REQUEST_DAYS, AccountRequest, User
from accounts.queries import people
from accounts.tables import PeopleTable
from common.machine.journal_labels import label_of
from common.models import JournalEntry
from common.site.paging import bounded_count
from common.site.web import errors_into, form_page, page, post_only, respond

FRESH = "fresh_account_link"
LAST_ENTRIES = 20


@page("accounts.read_people")
def listing(request: HttpRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    form.is_valid()
    found = people(form.cleaned_data)
    table = PeopleTable.newest(found, request, count=bounded_count(found))
    return render(request, "accounts/staff/people.html", {"filter": form, "table": table})


@form_page("accounts.manage_people")
def invite(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            person = actions.invite(by=request.user, site=site_of(request), **form.cleaned_data)
            request.session[FRESH] = person.pk
            if waits := person.requests.open().first():
                messages.info(request, _waits_for_a_second_person(waits))
            return redirect("desk_person", person.pk)
    return respond(request, "accounts/staff/invite.html", {}, form)


@never_cache
@page("accounts.read_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(User, pk=pk))


def _page(request: HttpRequest, row: User, **bound: Any) -> HttpResponse:
    """The page of a person, with the bound form of a verb that was refused."""
    link = row.links.open().order_by("-pk").first()
    context: dict[str, Any] = {
        "person": row,
        "link": link,
        "requests": row.requests.open(),
        "days": LINK_DAYS,
        "role_form": RoleForm(initial={"role": row.role}),
        "deactivate_form": ReasonForm(prefix="deactivate"),
        "reset_form": ReasonForm(prefix="reset"),
        "entries": [
            {"entry": e, "label": label_of(e)} for e in JournalEntry.objects.of(row).order_by("-pk")[:LAST_ENTRIES]
        ],
        "manages": request.user.has_perm("accounts.manage_people"),
        "is_self": row.pk == request.user.pk,
        **bound,
    }
    # Shown once: to whoever made it, on the page that follows.
    if link and request.session.get(FRESH) == row.pk:
        del request.session[FRESH]
        context["fresh"] = site_of(request) + reverse("use_link", args=[link.code])
    refused: Any = next(iter(bound.values()), None)
    return respond(request, "accounts/staff/person.html", context, refused)


def _done(request: HttpRequest, pk: int, form_name: str, form: Any, act: Callable[[User], str]) -> HttpResponse:
    """Run a verb with its form; refused, the page says so where the form stands."""
    row = get_object_or_404(User, pk=pk)
    if form.is_valid():
        with errors_into(form):
            messages.success(request, act(row))
            return redirect("desk_person", pk)
    return _page(request, row, **{form_name: form})


@post_only("accounts.manage_people")
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    form = RoleForm(request.POST, initial={"role": get_object_or_404(User, pk=pk).role})

    def act(row: User) -> str:
        if waits := actions.change_role(row, by=request.user, **form.cleaned_data):
            return _waits_for_a_second_person(waits)
        row.refresh_from_db()
        return _("%(name)s is %(role)s now.") % {"name": row, "role": row.get_role_display()}

    return _done(request, pk, "role_form", form, act)


@post_only("accounts.manage_people")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="deactivate")

    def act(row: User) -> str:
        actions.deactivate(row, by=request.user, reason=form.cleaned_data["reason"])
        return _("%(name)s is deactivated and logged out everywhere.") % {"name": row}

    return _done(request, pk, "deactivate_form", form, act)


@post_only("accounts.manage_people")
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="reset")

    def act(row: User) -> str:
        return _waits_for_a_second_person(
            actions.reset_factor(row, by=request.user, reason=form.cleaned_data["reason"])
        )

    return _done(request, pk, "reset_form", form, act)


@post_only("accounts.manage_people")
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(User, pk=pk)
    if waits := actions.reactivate(row, by=request.user):
        messages.info(request, _waits_for_a_second_person(waits))
    else:
        messages.success(request, _("%(name)s is active again.") % {"name": row})
    return redirect("desk_person", pk)


@post_only("accounts.manage_people")
def issue_link(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(User, pk=pk)
    if actions.issue_link(row, by=request.user, site=site_of(request)):
        request.session[FRESH] = row.pk
    else:
        messages.info(request, _waits_for_a_second_person(row.requests.open().get(deed=AccountRequest.Deed.LINK)))
    return redirect("desk_person", pk)


def _waits_for_a_second_person(waits: AccountRequest) -> str:
    return _("%(request)s: a second person has to confirm it within %(days)s days.") % {
        "request": waits,
        "days": REQUEST_DAYS,
    }
