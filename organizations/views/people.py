"""The people of an organization, and the way in for those who are invited."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import throttle
from accounts.client_address import address_of, site_of
from common.site.web import errors_into, form_page, page, post_only, public_form, respond
from common.wording import sentences
from organizations.actions import people as actions
from organizations.forms.people import CodeForm, InvitationForm, PartForm
from organizations.models import Invitation, Organization, Part
from organizations.models.people import INVITATION_DAYS
from organizations.queries import organizations_of
from organizations.queries.people import (
    invitations_of_colleagues,
    memberships_of_colleagues,
    open_invitations_of,
    people_of,
)

FRESH = "fresh_invitation"
GONE = 410


def _own(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(organizations_of(request.user), pk=pk)


@never_cache
@page("organizations.register")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk), InvitationForm())


def _page(request: HttpRequest, organization: Organization, form: InvitationForm) -> HttpResponse:
    rows = people_of(organization)
    for row in rows:
        row.part_form = PartForm(initial={"part": row.part})  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "organization": organization,
        "rows": rows,
        "parts": Part.choices,
        "manages": any(m.user_id == request.user.pk and m.part == Part.OWNER for m in rows),
        "invitations": open_invitations_of(organization),
        "days": INVITATION_DAYS,
    }
    # Shown once: to whoever made it, on the page that follows.
    fresh = next((i for i in context["invitations"] if i.pk == request.session.get(FRESH)), None)
    if fresh:
        del request.session[FRESH]
        context |= {"fresh": fresh, "fresh_link": site_of(request) + reverse("apply_join", args=[fresh.code])}
    return respond(request, "organizations/people.html", context, form)


@post_only("organizations.register")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    organization = _own(request, pk)
    actions.decides_about_people(organization, by=request.user)
    form = InvitationForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            invitation = actions.invite(organization, by=request.user, site=site_of(request), **form.cleaned_data)
            request.session[FRESH] = invitation.pk
            return redirect("apply_people", pk)
    return _page(request, organization, form)


@post_only("organizations.register")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    organization = _own(request, pk)
    actions.leave(organization, by=request.user)
    messages.success(request, _("You have left %(organization)s.") % {"organization": organization})
    return redirect("apply_home")


@post_only("organizations.register")
def change_part(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(memberships_of_colleagues(request.user), pk=pk)
    actions.decides_about_people(membership.organization, by=request.user)
    form = PartForm(request.POST, initial={"part": membership.part})
    if form.is_valid():
        changed = actions.change_part(membership, by=request.user, part=form.cleaned_data["part"])
        said = _("%(name)s works for the organization as: %(part)s.")
        messages.success(request, said % {"name": changed.user, "part": changed.get_part_display()})
    else:
        messages.error(request, sentences(form.errors.get("part", [])))
    return redirect("apply_people", membership.organization_id)


@post_only("organizations.register")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(memberships_of_colleagues(request.user), pk=pk)
    actions.remove(membership, by=request.user)
    messages.success(
        request,
        _("%(name)s does not work for %(organization)s any more.")
        % {"name": membership.user, "organization": membership.organization},
    )
    if membership.user_id == request.user.pk:
        return redirect("apply_home")
    return redirect("apply_people", membership.organization_id)


@post_only("organizations.register")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_of_colleagues(request.user), pk=pk)
    actions.revoke(invitation, by=request.user)
    messages.success(request, _("The invitation is withdrawn; its code and link do not work any more."))
    return redirect("apply_people", invitation.organization_id)


@form_page("organizations.register")
def enter_code(request: HttpRequest) -> HttpResponse:
    """Type the code that somebody read out or sent."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            invitation = _look_up(request, form.cleaned_data["code"])
            if invitation:
                return redirect("apply_join", invitation.code)
            form.add_error("code", _("There is no invitation with this code. Compare it letter by letter."))
    return respond(request, "organizations/people_code.html", {}, form)


@never_cache
@public_form
def join(request: HttpRequest, code: str) -> HttpResponse:
    """What one is invited to, and the button that accepts. Looking does not use it up: chat programs look by themselves."""
    invitation = _look_up(request, code)
    if invitation is None:
        return render(request, "organizations/people_join.html", {}, status=GONE)
    context: dict[str, Any] = {"invitation": invitation, "here": request.path}
    if why := invitation.closed_because:
        mine = request.user.is_authenticated and invitation.accepted_by_id == request.user.pk
        return render(
            request, "organizations/people_join.html", {**context, "why": actions.gone(why), "mine": mine}, status=GONE
        )
    context["may"] = request.user.has_perm("organizations.register")
    if request.method == "POST" and request.user.is_authenticated:
        membership = actions.accept(invitation, by=request.user)
        said = _("You work for %(organization)s now, as: %(part)s.")
        parts = {"organization": membership.organization, "part": membership.get_part_display()}
        messages.success(request, said % parts)
        return redirect("apply_home")
    return render(request, "organizations/people_join.html", context)


def _look_up(request: HttpRequest, code: str) -> Invitation | None:
    """Unknown codes are counted, so that nobody tries them through."""
    address = address_of(request)
    throttle.take(throttle.CODES, address=address)
    invitation: Invitation | None = Invitation.objects.select_related("organization", "made_by").by_code(code)
    if invitation:
        throttle.give_back(throttle.CODES, address=address)
    return invitation
