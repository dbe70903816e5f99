"""Organizations and platforms on the desk."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from common.forms import PageForm
from common.paging import newest_first
from common.slots import fill
from common.web import page
from organizations.models import Organization, Place, Tier
from organizations.queries import organizations_for_desk, platforms_for_desk


class OrganizationFilter(PageForm):
    """Filters of the register; they live in the URL."""

    q = forms.CharField(
        label=_("Name or credit code"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    place = forms.ModelChoiceField(label=_("Town or subdistrict"), queryset=Place.objects.none(), required=False)
    management = forms.ChoiceField(label=_("Management model"), required=False)
    party_form = forms.ChoiceField(label=_("Party organization"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset, place.empty_label = Place.objects.filter(tier=Tier.TOWN), _("All")
        for name, choices in (("management", Organization.Management), ("party_form", Organization.PartyForm)):
            self.fields[name].choices = [("", _("All")), *choices.choices]  # type: ignore[attr-defined]


@page("accounts.use_desk")
def listing(request: HttpRequest) -> HttpResponse:
    form = OrganizationFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = organizations_for_desk(request.user).select_related("place")
    if word := wanted.get("q"):
        found = found.filter(Q(name__icontains=word) | Q(credit_code__icontains=word))
    if place := wanted.get("place"):
        found = found.filter(Q(place=place) | Q(place__parent=place))
    for name in ("management", "party_form"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    rows, next_key = newest_first(found, request)
    context = {"filter": form, "rows": rows, "next_key": next_key, "count": found.count()}
    return render(request, "organizations/staff/organizations.html", context)


@page("accounts.use_desk")
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register holds of an organization, its people and platforms; other rooms hang their part."""
    row = get_object_or_404(organizations_for_desk(request.user).select_related("place"), pk=pk)
    context = {
        "organization": row,
        "memberships": row.memberships.select_related("user"),
        "incubations": row.incubations.select_related("platform").order_by("-entered_on"),
        "account": f"**** {row.bank_account[-4:]}" if row.bank_account else "",
        "parts": fill("organization.parts", request, row),
    }
    return render(request, "organizations/staff/organization.html", context)


@page("accounts.use_desk")
def platforms(request: HttpRequest) -> HttpResponse:
    """The three tiers with what they incubate now, have graduated and have ever taken in."""
    found = platforms_for_desk(request.user).select_related("place")
    rows = found.annotate(
        inside=Count("incubations", filter=Q(incubations__graduated_on=None)),
        graduated=Count("incubations", filter=~Q(incubations__graduated_on=None) & ~Q(incubations=None)),
    )
    tiers = [{"label": label, "rows": [p for p in rows if p.tier == tier]} for tier, label in Tier.choices]
    return render(request, "organizations/staff/platforms.html", {"tiers": [t for t in tiers if t["rows"]]})
