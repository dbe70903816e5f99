"""Coming in: log in, register, set a password by a link; and going out."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import actions, throttle
from accounts.access_log import log
from accounts.client_address import address_of, site_of
from accounts.forms import ForgottenForm, LoginForm, NewPasswordForm, RegisterForm, WelcomeForm
from accounts.models import LINK_DAYS, AccountLink, Kind
from common.site.slots import fill
from common.site.web import errors_into, post_only, public_form, respond

BACKEND = "django.contrib.auth.backends.ModelBackend"
GONE = 410


def next_page(request: HttpRequest) -> str:
    """Where to go after this: a page of this site that was wanted, else one's desk."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else reverse("me")


@public_form
def log_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(next_page(request))
    # A link may say who is coming; what is typed afterwards decides.
    initial = {"username": request.GET.get("user", "")[:150]}
    form = LoginForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            user = actions.log_in(address=address_of(request), **form.cleaned_data)
            login(request, user, backend=BACKEND)  # gives the session a new key
            return redirect(next_page(request))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"next": wanted, "parts": fill("login.parts", request)}
    return respond(request, "accounts/login.html", context, form)


@post_only("accounts.signed_in")
def log_out(request: HttpRequest) -> HttpResponse:
    log(Kind.LOG_OUT, by=request.user)
    logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("home")


@public_form
def register(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("me")
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with errors_into(form):
            user = actions.register(
                consent=str(form.fields["consent"].label),
                address=address_of(request),
                **{name: given[name] for name in ("username", "name", "phone", "email", "password")},
            )
            login(request, user, backend=BACKEND)
            messages.success(request, _("Welcome, %(name)s. Next: register your organization.") % {"name": user.name})
            return redirect(next_page(request))
    return respond(request, "accounts/register.html", {"next": request.GET.get("next", "")}, form)


@public_form
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a mail. The answer is the same whether the account exists or not."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.ask_for_reset(
                wanted=form.cleaned_data["wanted"], site=site_of(request), address=address_of(request)
            )
            return render(request, "accounts/forgotten_sent.html", {"limit": throttle.RESET_MAILS})
    return respond(request, "accounts/forgotten.html", {}, form)


@never_cache
@public_form
def reset_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """By the link of a mail. Looking at it does not use it up."""
    user = actions.account_of(uid, token)
    if user is None:
        return render(request, "accounts/link_gone.html", {"by_mail": True}, status=GONE)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.reset_password(uid=uid, token=token, new=form.cleaned_data["new"])
            messages.success(request, _("Your password is set. Log in with it."))
            return redirect("login")
    return respond(request, "accounts/new_password.html", {"person": user}, form)


@never_cache
@public_form
def use_link(request: HttpRequest, code: str) -> HttpResponse:
    """By the link of the administrator. Looking at it does not use it up: chat programs look at links by themselves."""
    address = address_of(request)
    throttle.take(throttle.CODES, address=address)
    link = AccountLink.objects.by_code(code)
    if link is None or link.closed_because or not link.user.is_active:
        context = {"why": link.closed_because if link else "", "days": LINK_DAYS}
        return render(request, "accounts/link_gone.html", context, status=GONE)
    throttle.give_back(throttle.CODES, address=address)
    welcomes = link.reason == AccountLink.Reason.INVITATION
    form = (WelcomeForm if welcomes else NewPasswordForm)(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            consent = form.consent_text() if isinstance(form, WelcomeForm) else ""
            user = actions.use_link(link, new=form.cleaned_data["new"], consent=consent)
            login(request, user, backend=BACKEND)
            messages.success(request, _("Welcome, %(name)s.") % {"name": user.name})
            return redirect("me")
    return respond(request, "accounts/new_password.html", {"person": link.user, "welcomes": welcomes}, form)
