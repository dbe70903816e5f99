"""Organizations and platforms on the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.client_address import site_of
from common.site.forms import PageForm
from common.site.paging import row_number
from common.site.slots import fill
from common.site.web import errors_into, form_page, page, post_only, respond
from organizations import actions
from organizations.account import is_shown_whole
from organizations.actions import owners
from organizations.codes import doubts
from organizations.duplicates import duplicates
from organizations.forms import NoteForm
from organizations.forms.people import OwnerInvitationForm
from organizations.models import RECORDS, ApplicantKind, Invitation, Organization, Part, Place, Tier
from organizations.models.people import INVITATION_DAYS
from organizations.queries import (
    of_kind,
    organizations_for_desk,
    platforms_for_desk,
    things_to_check,
    with_incubation,
)
from organizations.queries.people import open_invitations_of, people_of
from organizations.queries.register import NO_KIND
from organizations.search_index import KIND
from organizations.tables import OrganizationTable, PlatformTable
from organizations.views.editing import edit_form, save

FRESH = "fresh_owner_invitation"


class OrganizationFilter(PageForm):
    """Filters of the register; they live in the URL."""

    q = forms.CharField(
        label=_("Name, credit code or phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    place = forms.ModelChoiceField(label=_("Town or subdistrict"), queryset=Place.objects.none(), required=False)
    management = forms.ChoiceField(label=_("Management model"), required=False)
    party_form = forms.ChoiceField(label=_("Party organization"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    verification = forms.ChoiceField(label=_("Verification"), required=False)
    incubated = forms.ChoiceField(
        label=_("Incubation"),
        required=False,
        choices=[("", _("All")), ("now", _("Incubated now")), ("graduated", _("Graduated")), ("never", _("Never"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset, place.empty_label = Place.objects.filter(tier=Tier.TOWN), _("All")
        for name, choices in (
            ("management", Organization.Management),
            ("party_form", Organization.PartyForm),
            ("verification", Organization.Verification),
        ):
            self.fields[name].choices = [("", _("All")), *choices.choices]  # type: ignore[attr-defined]
        kinds = [(kind.code, kind.name) for kind in ApplicantKind.objects.all()]
        self.fields["kind"].choices = [("", _("All")), *kinds, (NO_KIND, _("Other"))]  # type: ignore[attr-defined]


@page("accounts.use_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = OrganizationFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = organizations_for_desk(request.user).select_related("place")
    if place := wanted.get("place"):
        found = found.filter(place__in=[place.pk, *place.children.values_list("pk", flat=True)])
    for name in ("management", "party_form", "verification"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    found = of_kind(found, wanted.get("kind") or "")
    found = with_incubation(found, wanted.get("incubated") or "")
    context = {"filter": form, "table": OrganizationTable.matching(found, request, KIND)}
    return render(request, "organizations/staff/organizations.html", context)


def _seen(request: HttpRequest, pk: int) -> Organization:
    rows = organizations_for_desk(request.user).select_related("place", "host")
    found: Organization = get_object_or_404(rows, pk=pk)
    return found


@never_cache
@page("accounts.use_desk")
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register holds of an organization, its people and platforms; other rooms hang their part."""
    return show(request, _seen(request, pk), OwnerInvitationForm())


def show(request: HttpRequest, row: Organization, owner_form: OwnerInvitationForm) -> HttpResponse:
    """The page, with the form for an owner as it was filled in."""
    context = {**_context(request, row), "owner_form": owner_form, **fresh_invitation(request, row)}
    return respond(request, "organizations/staff/organization.html", context, owner_form)


def fresh_invitation(request: HttpRequest, row: Organization) -> dict[str, Any]:
    """Shown once: to whoever made it, on the page that follows."""
    pk = request.session.get(FRESH) or 0
    invitation = row.invitations.open().filter(pk=pk).first() if pk else None
    if invitation is None:
        return {}
    del request.session[FRESH]
    link = site_of(request) + reverse("apply_join", args=[invitation.code])
    return {"fresh": invitation, "fresh_link": link, "days": INVITATION_DAYS}


def _context(request: HttpRequest, row: Organization) -> dict[str, Any]:
    keeps = request.user.has_perm("organizations.keep")
    verifies = keeps and not row.is_verified
    found = duplicates(row) if request.user.has_perm("accounts.read_journal") else []
    return {
        "organization": row,
        "kind": ApplicantKind.objects.of(row),
        "doubts": doubts(row.credit_code),
        "keeps": keeps,
        "may_verify": request.user.has_perm("organizations.verify", row),
        "memberships": (people := people_of(row)),
        "has_owner": any(m.part == Part.OWNER and m.user.is_active for m in people),
        "owner_invitations": [i for i in open_invitations_of(row) if i.by_desk] if keeps else [],
        "owner_form": OwnerInvitationForm(),
        "incubations": row.incubations.select_related("platform").order_by("-entered_on"),
        "groups": row.groups.all(),
        "duplicates": found,
        "findings": things_to_check(row, found, whole_account=verifies and is_shown_whole(row, by=request.user)),
        "reject_form": NoteForm(),
        "records": [
            {
                "label": kind.label,
                "rows": kind.objects.filter(organization=row),
                **{verb: f"desk_{kind.slug}{end}" for verb, end in RECORD_PAGES.items()},
            }
            for kind in RECORDS
        ],
        "parts": fill("organization.parts", request, row),
        "alike": fill("organization.duplicates", request, row),
    }


RECORD_PAGES = {"add": "_add", "correct": "", "check": "_check"}


@form_page("organizations.keep")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A clerk corrects the entry; what had been verified and is changed is to be verified again."""
    row = _seen(request, pk)
    name, form = row.name, edit_form(request, row)
    if save(request, form, row):
        messages.success(request, gettext("%(name)s is saved.") % {"name": row.name})
        return redirect("desk_organization", pk)
    version = Organization.objects.values_list("version", flat=True).get(pk=pk)
    context = {"organization": row, "name": name, "version": version}
    return respond(request, "organizations/staff/edit.html", context, form)


def _as_seen(request: HttpRequest, pk: int) -> Organization:
    """The organization as it stood on the page whose button was pressed."""
    row = _seen(request, pk)
    row.version = row_number(request.POST.get("version", "")) or 0
    row.verification = request.POST.get("verification", "")[:10]
    return row


@post_only("organizations.keep")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """核验通过."""
    row = actions.verify(_as_seen(request, pk), by=request.user)
    messages.success(request, gettext("%(name)s is verified.") % {"name": row})
    return redirect("desk_organization", pk)


@post_only("organizations.keep")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """不予核验; without a reason the page comes back with what was typed."""
    row = _as_seen(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            actions.reject(row, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, gettext("%(name)s: verification is refused.") % {"name": row})
            return redirect("desk_organization", pk)
    context = {**_context(request, _seen(request, pk)), "reject_form": form}
    return respond(request, "organizations/staff/organization.html", context, form)


@post_only("organizations.keep")
def invite_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """邀请单位管理员: where there is none."""
    row, form = _seen(request, pk), OwnerInvitationForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            invitation = owners.invite_owner(row, by=request.user, site=site_of(request), **form.cleaned_data)
            request.session[FRESH] = invitation.pk
            return redirect("desk_organization", pk)
    return show(request, row, form)


@post_only("organizations.keep")
def revoke_owner_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Invitation.objects.filter(organization__in=organizations_for_desk(request.user))
    invitation = get_object_or_404(seen.select_related("organization"), pk=pk)
    owners.revoke_owner_invitation(invitation, by=request.user)
    messages.success(request, gettext("The invitation is withdrawn; its code and link do not work any more."))
    return redirect("desk_organization", invitation.organization_id)


@page("accounts.use_desk")
def platforms(request: HttpRequest) -> HttpResponse:
    """The three tiers with what they incubate now, have graduated and have ever taken in."""
    found = platforms_for_desk(request.user).select_related("place")
    rows = found.annotate(
        inside=Count("incubations", filter=Q(incubations__graduated_on=None)),
        graduated=Count("incubations", filter=~Q(incubations__graduated_on=None) & ~Q(incubations=None)),
    )
    tiers = [(label, PlatformTable.of(p for p in rows if p.tier == tier)) for tier, label in Tier.choices]
    return render(request, "organizations/staff/platforms.html", {"tiers": [t for t in tiers if t[1].rows]})
