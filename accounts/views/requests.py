"""Requests for a second person: what waits for the reader, and what the reader has asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.actions import second_person
from accounts.client_address import site_of
from accounts.forms import ReasonForm
from accounts.models import LINK_DAYS, REQUEST_DAYS, AccountLink, AccountRequest
from accounts.queries import requests_to_decide
from common.site.web import errors_into, page, post_only, respond

FRESH = "fresh_confirmed_link"


@never_cache
@page("accounts.confirm_requests")
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, pk: int | None = None, refused: ReasonForm | None = None) -> HttpResponse:
    """With the form of request `pk` as it was filled in."""
    user: Any = request.user
    asked = AccountRequest.objects.open().filter(by_id=user.pk).select_related("person")
    forms = [(row, refused if refused and row.pk == pk else _form(row)) for row in requests_to_decide(user)]
    context = {"waiting": forms, "asked": asked, "request_days": REQUEST_DAYS, **_fresh(request)}
    return respond(request, "accounts/staff/requests.html", context, refused)


def _form(row: AccountRequest, data: Any = None) -> ReasonForm:
    return ReasonForm(data, prefix=f"deny{row.pk}")


def _fresh(request: HttpRequest) -> dict[str, Any]:
    """Shown once: to whoever confirmed, on the page that follows."""
    pk = request.session.pop(FRESH, None)
    link = AccountLink.objects.open().select_related("user").filter(pk=pk).first() if pk else None
    if link is None:
        return {}
    url = site_of(request) + reverse("use_link", args=[link.code])
    return {"fresh": url, "person": link.user, "days": LINK_DAYS}


@post_only("accounts.confirm_requests")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(AccountRequest, pk=pk)
    link = second_person.confirm(row, by=request.user, site=site_of(request))  # type: ignore[arg-type]
    if link:
        request.session[FRESH] = link.pk
    messages.success(request, _("Confirmed: %(request)s.") % {"request": row})
    return redirect("desk_account_requests")


@post_only("accounts.confirm_requests")
def deny(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(AccountRequest, pk=pk)
    form = _form(row, request.POST)
    if form.is_valid():
        with errors_into(form):
            second_person.deny(row, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
            messages.success(request, _("Refused: %(request)s.") % {"request": row})
            return redirect("desk_account_requests")
    return _page(request, pk, form)


@post_only("accounts.confirm_requests")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(AccountRequest, pk=pk)
    second_person.take_back(row, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Taken back: %(request)s.") % {"request": row})
    return redirect("desk_account_requests")
