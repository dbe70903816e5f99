from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import actions
from accounts.forms import LoginForm, RegisterForm
from accounts.queries import notifications_of
from common.paging import row_number
from common.web import errors_into, page, public, respond, verb

BACKEND = "django.contrib.auth.backends.ModelBackend"
# The first desk that a person may use is theirs.
DESKS = (
    ("ventures.start", "apply_home"),
    ("reviews.use_desk", "review_home"),
    ("accounts.use_desk", "desk_home"),
)


def _next(request: HttpRequest) -> str:
    """Where to go after logging in: a page of this site, else one's desk."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else reverse("me")


@public
def log_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(_next(request))
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.user is not None:
        login(request, form.user, backend=BACKEND)
        return redirect(_next(request))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return respond(request, "accounts/login.html", {"next": wanted}, form)


@verb("accounts.signed_in")
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("home")


@public
def register(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("me")
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with errors_into(form):
            user = actions.register(
                consent=str(form.fields["consent"].label),
                **{name: given[name] for name in ("username", "name", "phone", "email", "password")},
            )
            login(request, user, backend=BACKEND)
            messages.success(request, _("Welcome, %(name)s. Next: register your organization.") % {"name": user.name})
            return redirect(_next(request))
    return respond(request, "accounts/register.html", {"next": request.GET.get("next", "")}, form)


@page("accounts.signed_in")
def me(request: HttpRequest) -> HttpResponse:
    """To the desk of the person's role."""
    for perm, name in DESKS:
        if request.user.has_perm(perm):
            return redirect(name)
    return redirect("home")


@page("accounts.signed_in")
def my_notifications(request: HttpRequest) -> HttpResponse:
    rows, more = notifications_of(request.user, row_number(request.GET.get("before", "")))  # type: ignore[arg-type]
    return render(request, "accounts/notifications.html", {"rows": rows, "more": more})


@verb("accounts.signed_in")
def read_notifications(request: HttpRequest) -> HttpResponse:
    actions.read_all(by=request.user)  # type: ignore[arg-type]
    return redirect("my_notifications")
