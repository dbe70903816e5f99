from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from common.normal_forms import user_name


class Role(models.TextChoices):
    """What somebody does in rounds. One list for the whole house."""

    APPLICANT = "applicant", _("Applicant")
    EXPERT = "expert", _("Review expert")
    CLERK = "clerk", _("Clerk")
    FINANCE = "finance", _("Finance officer")
    MANAGER = "manager", _("Manager")
    OPERATOR = "operator", _("Platform operator")
    SUPERVISOR = "supervisor", _("Supervisor")
    ADMIN = "admin", _("Administrator")


# Who decides on money or pays it: selects, awards, claims back (manager), pays and receives (finance).
MONEY_ROLES = frozenset({Role.FINANCE, Role.MANAGER})
# Given by two people. The administrator is among them: one who alone makes a second one has her own second person.
GUARDED_ROLES = MONEY_ROLES | {Role.ADMIN}


class People(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Who logs in may type capitals."""
        return self.get(username=user_name(username or ""))


class User(AbstractUser):
    """A person who logs in. Party membership is never kept for a person."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("Name"), max_length=60)
    phone = models.CharField(_("Phone"), max_length=30, blank=True)
    unit = models.CharField(_("Unit"), max_length=100, blank=True, help_text=_("Where the person works"))
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices, default=Role.APPLICANT)
    # The password of such an account is printed; it needs no second factor, and every page says what it is.
    is_demo = models.BooleanField(_("Demonstration account (演示账户)"), default=False)
    # On the person, not looked for among the devices: every page asks.
    second_factor_at = models.DateTimeField(_("Second factor since"), null=True, editable=False)
    # The role in which the first visit was guided to its end; in another role it is offered again (accounts/guide.py).
    guided_as = models.CharField(max_length=12, blank=True, editable=False)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    REQUIRED_FIELDS = ["name"]

    objects = People()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):
        indexes = [models.Index(fields=["last_login", "id"], name="user_by_last_login")]
        constraints = [models.UniqueConstraint(Lower("username"), name="one_account_per_user_name")]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def is_a(self, *roles: Role) -> bool:
        return self.is_active and self.role in roles

    @property
    def needs_second_factor(self) -> bool:
        """Obligatory for every role but the applicant's."""
        return settings.REQUIRE_SECOND_FACTOR and self.role != Role.APPLICANT and not self.is_demo

    @property
    def has_come(self) -> bool:
        """False while somebody invited has not set a password."""
        return self.has_usable_password()

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session has to know: after `sessions_ended` went up, none of the old ones does."""
        known: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.sessions_ended:
            return known
        return salted_hmac("accounts.sessions", f"{known}:{self.sessions_ended}", secret=secret).hexdigest()

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return user_name(username)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = user_name(self.username)
        self.is_superuser = False  # Rules decide, not a flag that opens every door.
        super().save(*args, **kwargs)
