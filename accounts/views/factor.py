"""The second factor: set it up, give it, renew its recovery codes, take it off."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_otp import login as remember_device

from accounts import actions
from accounts.actions.second_factor import address_for_the_app, in_groups, new_key
from accounts.forms import CodeForm
from accounts.views.login import next_page
from common.site.web import errors_into, form_page, respond

KEY = "second_factor_key"


@never_cache
@form_page("accounts.signed_in")
def set_up(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, keep the recovery codes. The secret lies in the session until it is confirmed."""
    user = request.user
    if request.method == "GET" and user.second_factor_at:  # type: ignore[union-attr]
        return redirect("account")
    key = request.session.setdefault(KEY, new_key())
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {"next": next_page(request)}
    if form.is_bound and form.is_valid():
        with errors_into(form):
            device, codes = actions.set_up_factor(by=user, key=key, code=form.cleaned_data["code"])  # type: ignore[arg-type]
            del request.session[KEY]
            _let_in(request, device)
            return respond(request, "accounts/recovery_codes.html", {**context, "codes": codes})
    qr = segno.make(address_for_the_app(user, key), error="m", micro=False)  # type: ignore[arg-type]
    context |= {"qr": qr.svg_data_uri(scale=5, border=3), "secret": in_groups(key)}
    return respond(request, "accounts/factor_set_up.html", context, form)


@never_cache
@form_page("accounts.signed_in")
def verify(request: HttpRequest) -> HttpResponse:
    """Between the password and everything else."""
    if not request.is_held:  # type: ignore[attr-defined]
        return redirect(next_page(request))
    if not request.user.second_factor_at:  # type: ignore[union-attr]
        return redirect("factor_set_up")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            device = actions.verify_factor(by=request.user, code=form.cleaned_data["code"])  # type: ignore[arg-type]
            _let_in(request, device)
            return redirect(next_page(request))
    return respond(request, "accounts/factor_verify.html", {"next": next_page(request)}, form)


@never_cache
@form_page("accounts.signed_in")
def renew_codes(request: HttpRequest) -> HttpResponse:
    if not request.user.second_factor_at:  # type: ignore[union-attr]
        return redirect("account")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            codes = actions.renew_codes(by=request.user, code=form.cleaned_data["code"])  # type: ignore[arg-type]
            return respond(request, "accounts/recovery_codes.html", {"next": reverse("account"), "codes": codes})
    return respond(request, "accounts/factor_change.html", {"verb": "renew"}, form)


@never_cache
@form_page("accounts.signed_in")
def remove(request: HttpRequest) -> HttpResponse:
    if not request.user.second_factor_at:  # type: ignore[union-attr]
        return redirect("account")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.remove_factor(by=request.user, code=form.cleaned_data["code"])  # type: ignore[arg-type]
            messages.success(request, _("Your second factor is removed; another app can be set up."))
            return redirect("account")
    return respond(request, "accounts/factor_change.html", {"verb": "remove"}, form)


def _let_in(request: HttpRequest, device: object) -> None:
    """The session has proven more now, so it gets a new key: one that was planted before is worth nothing."""
    request.session.cycle_key()
    remember_device(request, device)
    request.is_held = False  # type: ignore[attr-defined]
