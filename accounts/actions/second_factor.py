"""The second factor: an authenticator app (动态口令), and recovery codes (备用码) for the day when the phone is gone."""

import secrets
from base64 import b32encode
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts import throttle
from accounts.access_log import journalled, log
from accounts.models import Kind, User
from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, Invalid, TooMany
from common.text import half_width

RECOVERY_CODES = 10
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what people read for something else


def new_key() -> str:
    """A secret of 160 bits, hexadecimal, as django-otp keeps it."""
    return str(random_hex(20))


def in_groups(key: str) -> str:
    """The secret as one types it into the app."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[n : n + 4] for n in range(0, len(letters), 4))


def address_for_the_app(user: User, key: str) -> str:
    """otpauth://… as the QR code holds it."""
    issuer = _("Hongchuang")
    query = urlencode({"secret": b32encode(bytes.fromhex(key)).decode(), "issuer": issuer})
    return f"otpauth://totp/{quote(issuer)}:{quote(user.username)}?{query.replace('+', '%20')}"


@transaction.atomic
def set_up_factor(*, by: User, key: str, code: str) -> tuple[Device, list[str]]:
    """Confirm that the app knows the secret. Returns its device and the recovery codes, which are never shown again."""
    user = _locked(by)
    if user.second_factor_at:
        raise Conflict(_("Your second factor is set up already."))
    device = TOTPDevice.objects.create(user=user, name="app", key=key)
    if not device.verify_token(_digits(code)):
        raise Invalid({"code": [_wrong_code()]})
    user.second_factor_at = now()
    user.save()
    codes = _new_codes(user)
    entry = journalled(user, Kind.FACTOR_SET_UP, by=user)
    notify([user], f"entry:{entry.pk}", _("You set up your second factor. If it was not you, tell the administrator."))
    return device, codes


def verify_factor(*, by: User, code: str) -> Device:
    """The device that knows the code. Raises Invalid: wrong, or used before; TooMany.

    Not atomic: a wrong try is counted although it is refused.
    """
    try:
        throttle.take(throttle.FACTOR, account=str(by.pk), on_last=lambda: _warn(by))
    except TooMany:
        log(Kind.LOCKED_OUT, by=by)
        raise
    device = _match(by, code)
    if device is None:
        log(Kind.FACTOR_FAILED, by=by)
        raise Invalid({"code": [_wrong_code()]})
    throttle.forget(throttle.FACTOR, account=str(by.pk))
    log(Kind.FACTOR_PASSED, by=by)
    return device


def renew_codes(*, by: User, code: str) -> list[str]:
    """New recovery codes; the old ones die. Asks for a code, so that an open screen is not enough."""
    verify_factor(by=by, code=code)
    with transaction.atomic():
        user = _locked(by)
        codes = _new_codes(user)
        entry = journalled(user, Kind.CODES_RENEWED, by=user)
        notify([user], f"entry:{entry.pk}", _("You made new recovery codes; the old ones do not work any more."))
    return codes


def remove_factor(*, by: User, code: str) -> None:
    """Take the app off the account, to use another phone or none. Who must have a factor is held until the next one."""
    verify_factor(by=by, code=code)
    with transaction.atomic():
        user = _locked(by)
        forget_devices(user)
        user.save()
        entry = journalled(user, Kind.FACTOR_REMOVED, by=user)
        notify(
            [user], f"entry:{entry.pk}", _("You removed your second factor. If it was not you, tell the administrator.")
        )


def forget_devices(user: User) -> None:
    """Without saving the user."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    user.second_factor_at = None


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def _match(user: User, code: str) -> Device | None:
    """Locked: of two who send the same code at once one gets in."""
    given = _digits(code)
    if given.isdecimal() and len(given) == 6:
        app = TOTPDevice.objects.select_for_update(of=("self",)).filter(user=user, confirmed=True).first()
        return app if app and app.verify_token(given) else None
    paper = StaticDevice.objects.select_for_update(of=("self",)).filter(user=user).first()
    if paper is None or not paper.verify_token(_kept(user, given)):
        return None
    left = codes_left(user)
    entry = journalled(user, Kind.CODE_USED, by=user, left=left)
    notify([user], f"entry:{entry.pk}", _("You logged in with a recovery code; %(n)s are left.") % {"n": left})
    return paper


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = ["".join(secrets.choice(ALPHABET) for __ in range(10)) for __ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _kept(user: User, code: str) -> str:
    """What the database keeps of a recovery code: nothing that could be used as one."""
    return salted_hmac("accounts.recovery-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()[:16]


def _digits(code: str) -> str:
    return half_width(code).replace("-", "")


def _wrong_code() -> str:
    return _(
        "This code is wrong or was used already. Wait for the next one (every 30 seconds); the clock of the phone must be "
        "right."
    )


def _warn(user: User) -> None:
    """Who gets as far as here knows the password."""
    notify(
        [user],
        f"factor:{now():%Y%m%d%H%M%S%f}",
        _("%(n)s times somebody entered your right password and a wrong code. If it was not you, change your password.")
        % {"n": throttle.FACTOR.most},
    )


def _locked(user: User) -> Any:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)
