"""Mails with a link. The link is made when the mail goes out, so that none lies readable in the outbox."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.models import LINK_DAYS, AccountLink, User
from common.errors import TooMany
from common.normal_forms import user_name
from common.work.outbox import handles, put

ACCOUNTS_PER_ADDRESS = 5  # of one mail address, told in one go


@handles("password_reset")
def look_for_the_account(key: str, payload: dict[str, Any]) -> None:
    """Nobody waits for this, so nobody learns from it whether the account exists."""
    wanted = payload["wanted"]
    found = User.objects.filter(Q(username=user_name(wanted)) | Q(email__iexact=wanted), is_active=True).exclude(
        email=""
    )
    for user in found.order_by("pk")[:ACCOUNTS_PER_ADDRESS]:
        if not user.has_come:
            continue
        try:
            throttle.take(throttle.RESET_MAILS, account=str(user.pk))
        except TooMany:
            continue
        put("reset_mail", f"{key}:{user.pk}", {"user": user.pk, "site": payload["site"]})


@handles("reset_mail", outside=True)
def send_reset(key: str, payload: dict[str, Any]) -> None:
    """To the address of the account, never to the one that was typed."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user is None or not user.email:
        return
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    link = payload["site"] + reverse("reset_password", args=[uid, default_token_generator.make_token(user)])
    text = _(
        "A new password was asked for, for the account %(username)s. Open this page within 3 hours to set it:\n\n%(link)s"
        "\n\nIf it was not you, do nothing: your password stays as it is."
    ) % {"username": user.username, "link": link}
    send_mail(_("Set a new password"), text, None, [user.email])


@handles("account_link", outside=True)
def send_link(key: str, payload: dict[str, Any]) -> None:
    link = AccountLink.objects.open().select_related("user").filter(pk=payload["link"]).first()
    if link is None or not link.user.email:
        return
    text = _(
        "%(name)s, your account is %(username)s (%(role)s). Open this page within %(days)s days to set your password:"
        "\n\n%(link)s"
    ) % {
        "name": link.user.name,
        "username": link.user.username,
        "role": link.user.get_role_display(),
        "days": LINK_DAYS,
        "link": payload["site"] + reverse("use_link", args=[link.code]),
    }
    send_mail(_("Set your password"), text, None, [link.user.email])
