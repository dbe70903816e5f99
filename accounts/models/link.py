"""Secrets that are handed out once and work once: invitations and links to set a password."""

import hashlib
import re
import secrets
from base64 import b32encode
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from common.clock import now
from common.text import half_width

LINK_DAYS = 7
CODE = re.compile(r"[A-Z2-7]{16}")
# Base 32 knows no 0, 1 and 8, which people read for letters.
MISREAD = str.maketrans("018", "OIB")


def new_nonce() -> str:
    return secrets.token_hex(16)


def plain(code: str) -> str:
    """The code as it is compared: however it was typed."""
    return re.sub(r"[^A-Z0-9]", "", half_width(code)).translate(MISREAD)


def digest_of(code: str) -> str:
    return hashlib.sha256(plain(code).encode()).hexdigest()


class OneTimeLinks(models.QuerySet[Any]):
    def by_code(self, code: str) -> Any:
        """The row of a code, whatever has become of it; None: there is none."""
        return self.filter(digest=digest_of(code)).first() if CODE.fullmatch(plain(code)) else None

    def open(self) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now())


class OneTimeLink(models.Model):
    """A secret of 80 bits in four groups of four. Stored is its digest and a nonce.

    The code is made from the nonce and SECRET_KEY, so that a mail can carry it without lying readable in the outbox;
    the database alone does not give it away.
    """

    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OneTimeLinks.as_manager()

    class Meta:
        abstract = True

    expires_at: Any

    @property
    def code(self) -> str:
        """For the one page and the one mail that show it."""
        made = salted_hmac("accounts.one-time-link", self.nonce, algorithm="sha256").digest()
        letters = b32encode(made[:10]).decode()
        return "-".join(letters[n : n + 4] for n in range(0, 16, 4))

    @property
    def closed_because(self) -> str:
        """Why it does not work any more: used, revoked or expired; "" while it works."""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= now() else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.digest or digest_of(self.code)
        super().save(*args, **kwargs)


def in_days() -> Any:
    return now() + timedelta(days=LINK_DAYS)


class AccountLink(OneTimeLink):
    """Lets a person set the password of her account: the first one, or a new one from the administrator."""

    class Reason(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        NEW_PASSWORD = "new_password", _("New password")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    expires_at = models.DateTimeField(default=in_days)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_reason_display()}"
