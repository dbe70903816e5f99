"""One's own account: details, password, messages, the way to one's desk."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import actions
from accounts.actions.second_factor import codes_left
from accounts.client_address import address_of
from accounts.forms import AccountForm, ChangePasswordForm
from accounts.models import User
from accounts.queries import notifications_of
from common.site.paging import row_number
from common.site.web import errors_into, form_page, page, post_only, respond

# The first desk that a person may use is theirs.
DESKS = (
    ("ventures.start", "apply_home"),
    ("reviews.use_desk", "review_home"),
    ("accounts.use_desk", "desk_home"),
)


@page("accounts.signed_in")
def me(request: HttpRequest) -> HttpResponse:
    """To the desk of the person's role."""
    for perm, name in DESKS:
        if request.user.has_perm(perm):
            return redirect(name)
    return redirect("home")


@post_only("accounts.signed_in")
def active(request: HttpRequest) -> HttpResponse:
    """Somebody types on an open page (common/house.js); that the request came is all that counts."""
    return HttpResponse(status=204)


@post_only("accounts.signed_in")
def end_guide(request: HttpRequest) -> HttpResponse:
    """The first visit is over, or not wanted; the help page leads through it again."""
    actions.end_guide(by=request.user)  # type: ignore[arg-type]
    return redirect("me")


@form_page("accounts.signed_in")
def account(request: HttpRequest) -> HttpResponse:
    # As it is now: `request.user` was read before the other tab was through.
    user = User.objects.get(pk=request.user.pk)  # type: ignore[misc]
    known = {name: getattr(user, name) for name in ("name", "phone", "email")}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.edit_account(by=user, address=address_of(request), **form.cleaned_data)
            messages.success(request, _("Your details are saved."))
            return redirect("account")
    left = codes_left(user) if user.second_factor_at else 0
    return respond(request, "accounts/account.html", {"codes_left": left}, form)


@form_page("accounts.signed_in")
def change_password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with errors_into(form):
            user = actions.change_password(
                by=request.user,  # type: ignore[arg-type]
                old=given["old"],
                new=given["new"],
                address=address_of(request),
            )
            update_session_auth_hash(request, user)  # a new key, and only this session goes on
            messages.success(request, _("Your password is changed. Everywhere else you are logged out."))
            return redirect("account")
    return respond(request, "accounts/change_password.html", {}, form)


@page("accounts.signed_in")
def my_notifications(request: HttpRequest) -> HttpResponse:
    rows, more = notifications_of(request.user, row_number(request.GET.get("before", "")))  # type: ignore[arg-type]
    return render(request, "accounts/notifications.html", {"rows": rows, "more": more})


@post_only("accounts.signed_in")
def read_notifications(request: HttpRequest) -> HttpResponse:
    actions.read_all(by=request.user)  # type: ignore[arg-type]
    return redirect("my_notifications")
