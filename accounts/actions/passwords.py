"""Passwords: changed by their owner, set anew by a link from a mail or from the administrator."""

import uuid
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.access_log import journalled
from accounts.models import AccountLink, Kind, User
from accounts.notifications import notify
from accounts.passwords import problems
from common.clock import now
from common.errors import Invalid, Stale
from common.work.outbox import put


def change_password(*, by: User, old: str, new: str, address: str) -> User:
    """Returns the person as she is now, so that the running session can be kept. All others end."""
    check_password(by, old, field="old", address=address)
    with transaction.atomic():
        user = _locked(by.pk)
        _set(user, new, field="new")
        entry = journalled(user, Kind.PASSWORD_CHANGED, by=user)
        notify([user], f"entry:{entry.pk}", _("Your password was changed. If it was not you, tell the administrator."))
    return user


def check_password(user: User, password: str, *, field: str, address: str) -> None:
    """The present password is asked for again; wrong ones count like those at the door. Raises Invalid, TooMany."""
    throttle.take(throttle.PASSWORD, account=user.username, address=address)
    if not user.check_password(password):
        raise Invalid({field: [_("This is not your present password.")]})
    throttle.forget(throttle.PASSWORD, account=user.username, address=address)


def ask_for_reset(*, wanted: str, site: str, address: str) -> None:
    """Somebody has forgotten the password of the account with this username or e-mail.

    The same is done whether it exists or not, in the same time: it is looked for when the outbox is drained.
    """
    throttle.take(throttle.RESETS, address=address)
    with transaction.atomic():
        put("password_reset", f"reset:{uuid.uuid4()}", {"wanted": wanted, "site": site})


def account_of(uid: str, token: str) -> User | None:
    """The account that a link in a mail opens; None: it was used, is too old, or never was one."""
    try:
        user = User.objects.get(pk=int(force_str(urlsafe_base64_decode(uid))), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if default_token_generator.check_token(user, token) else None


@transaction.atomic
def reset_password(*, uid: str, token: str, new: str) -> User:
    """Set a password by the link of a mail. The link dies with it. Raises Stale: it does already."""
    found = account_of(uid, token)
    # Locked and looked at again: of two who use the link at once one does.
    user = _locked(found.pk) if found else None
    if user is None or not default_token_generator.check_token(user, token):
        raise Stale(_("This link has been used or is too old."))
    _set(user, new, field="new")
    entry = journalled(user, Kind.PASSWORD_RESET, by=user)
    notify(
        [user], f"entry:{entry.pk}", _("Your password was set anew by mail. If it was not you, tell the administrator.")
    )
    return user


@transaction.atomic
def use_link(link: AccountLink, *, new: str, consent: str = "") -> User:
    """Set the password by a one-time link. Raises Stale: somebody has used it, it was revoked or is too old."""
    link = AccountLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    user = _locked(link.user_id)
    if link.closed_because or not user.is_active:
        raise Stale(_("This link has been used or is too old."))
    _set(user, new, field="new")
    link.used_at = now()
    link.save()
    entry = journalled(user, Kind.LINK_USED, by=user, note=consent)
    notify([user], f"entry:{entry.pk}", _("You have set your password with a link of the administrator."))
    return user


def _locked(pk: Any) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=pk)


def _set(user: User, password: str, *, field: str) -> None:
    if broken := problems(password, user):
        raise Invalid({field: broken})
    user.set_password(password)
    user.save()
