"""Who came in, and what was refused, changed, taken along and shown: the access log (访问日志)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import Role
from common.clock import now
from common.machine.actors import Stamped
from common.machine.triggers import Trigger, only_rises, triggers


class Kind(models.TextChoices):
    """What the access log knows. What is also journalled of an account has here the verb that the journal has."""

    LOG_IN = "log_in", _("Logged in")
    LOG_IN_FAILED = "log_in_failed", _("Login failed")
    LOCKED_OUT = "locked_out", _("Locked out")
    FACTOR_PASSED = "factor_passed", _("Second step passed")
    FACTOR_FAILED = "factor_failed", _("Second step failed")
    LOG_OUT = "log_out", _("Logged out")
    REFUSED = "refused", _("Page or verb refused")
    REGISTERED = "register", _("Account registered")
    INVITED = "invite_person", _("Account made")
    LINK_ISSUED = "issue_link", _("Link for a password made")
    LINK_USED = "use_link", _("Password set by link")
    PASSWORD_CHANGED = "change_password", _("Password changed")
    PASSWORD_RESET = "reset_password", _("Password set anew by mail")
    DETAILS_CHANGED = "edit_account", _("Own details changed")
    FACTOR_SET_UP = "set_up_factor", _("Second factor set up")
    FACTOR_REMOVED = "remove_factor", _("Second factor removed")
    FACTOR_RESET = "reset_factor", _("Second factor reset")
    CODES_RENEWED = "renew_codes", _("New recovery codes made")
    CODE_USED = "use_recovery_code", _("Logged in with a recovery code")
    ROLE_CHANGED = "change_role", _("Role changed")
    DEACTIVATED = "deactivate", _("Account deactivated")
    REACTIVATED = "reactivate", _("Account reactivated")
    ASKED = "ask_second_person", _("Second person asked for")
    CONFIRMED = "confirm_request", _("Confirmed by a second person")
    DENIED = "deny_request", _("Refused by a second person")
    TAKEN_BACK = "take_back_request", _("Request taken back")
    EXPIRED = "expire_request", _("Request expired")
    EXPORT_ORDERED = "order_export", _("Export ordered")
    EXPORT_FETCHED = "fetch_export", _("Export fetched")
    ACCOUNT_SHOWN = "show_account", _("Full account number shown")


# Of these one row for each person, address, thing and hour, with a count: no robot fills the disk with them.
COUNTED = frozenset({Kind.LOG_IN_FAILED, Kind.LOCKED_OUT, Kind.FACTOR_FAILED, Kind.REFUSED, Kind.ACCOUNT_SHOWN})
TROUBLE = frozenset({Kind.LOG_IN_FAILED, Kind.LOCKED_OUT, Kind.FACTOR_FAILED, Kind.REFUSED})


class AccessEntry(Stamped):
    """One line. Written once; of what is counted `times` and `last_at` rise, and nothing else."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)  # at the time
    address = models.CharField(max_length=45, blank=True)  # "": a command on the server
    what = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField(default=now)
    once = models.CharField(max_length=64, null=True, unique=True, editable=False)  # digest of what is counted together

    class Meta:
        indexes = [
            models.Index(fields=["kind", "id"], name="access_by_kind"),
            models.Index(fields=["by_id", "id"], name="access_by_person"),
            models.Index(fields=["address", "id"], name="access_by_address"),
            models.Index(fields=["at"], name="access_by_time"),
        ]

    @property
    def is_trouble(self) -> bool:
        return self.kind in TROUBLE

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.kind}"


@triggers
def the_access_log_is_append_only() -> list[Trigger]:
    return only_rises(AccessEntry, "times", "last_at")


def role_of(by: Any) -> str:
    """The role of an actor; "" of the system and of a citizen."""
    return getattr(by, "role", "")
