from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.machine.actors import LONGEST_NAME
from common.machine.triggers import Trigger, triggers
from common.models.normal import NormalFormField
from common.normal_forms import narrow, unit_name
from common.validators import PHONE
from organizations import identification
from organizations.codes import normalize_credit_code, validate_credit_code
from organizations.identification.check import Identification
from organizations.models.applicant_kinds import ApplicantKind
from organizations.models.places import Place

MOST_PEOPLE = 999_999  # of one organization; more is a slip of the finger, and what a column holds differs by engine


def not_in_the_future(day: date) -> None:
    if day > today():
        raise ValidationError(
            _("%(day)s is in the future; today is %(today)s.") % {"day": day.isoformat(), "today": today().isoformat()}
        )


class Organization(models.Model):
    """A social organization (社会组织), and what a round needs to know of it.

    Registered, with a code of its own; or a 备案 group without one, which acts through a registered host; or of a kind of
    applicants that has neither (a party organization, a person).
    """

    class Field(models.TextChoices):
        """领域, as far as the rule of 三元管理 asks for it."""

        EDUCATION = "education", _("Private education")
        ELDERLY = "elderly", _("Elderly care")
        COMMUNITY = "community", _("Community organization")
        TRADE = "trade", _("Trade association")
        OTHER = "other", _("Other field")

    class Verification(models.TextChoices):
        UNVERIFIED = "unverified", _("To be verified")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Verification refused")

    class Hosting(models.TextChoices):
        """What the host of a 备案 group says."""

        NONE = "", _("Needs no host")
        ASKED = "asked", _("Host is asked")
        AGREED = "agreed", _("Host agrees")
        DECLINED = "declined", _("Host declines")

    class Management(models.TextChoices):
        """三元管理."""

        TERRITORIAL = "territorial", _("Territorial (属地)")
        SECTOR = "sector", _("Sector (行业)")
        FALLBACK = "fallback", _("Fallback (兜底)")

    class PartyForm(models.TextChoices):
        """党组织形式."""

        OWN = "own", _("Own (单建)")
        JOINT = "joint", _("Joint (联建)")
        NONE = "none", _("None")

    class Service(models.TextChoices):
        PUBLIC_BENEFIT = "public_benefit", _("Public-benefit service")
        SOCIAL_WORK = "social_work", _("Professional social work")
        OTHER = "other", _("Other")

    name = models.CharField(_("Name"), max_length=100)
    # Brackets, widths and blanks make no other organization of it.
    name_key = NormalFormField(max_length=200, of="name", by=unit_name)
    credit_code = models.CharField(
        _("Unified social credit code"), max_length=18, blank=True, validators=[validate_credit_code]
    )
    # Of whom neither code nor host says it.
    applicant_kind = models.ForeignKey(
        ApplicantKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Kind of applicant"),
    )
    record_number = models.CharField(_("Number of the record or of the approval"), max_length=40, blank=True)
    host = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("Hosting organization"),
    )
    hosting = models.CharField(_("Host's answer"), max_length=8, choices=Hosting.choices, blank=True)
    field = models.CharField(_("Field"), max_length=10, choices=Field.choices, default=Field.OTHER)
    # 三元管理 is of registered organizations and groups; nobody else has one.
    management = models.CharField(_("Management model"), max_length=12, choices=Management.choices, blank=True)
    service = models.CharField(_("Kind of service"), max_length=16, choices=Service.choices, default=Service.OTHER)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, verbose_name=_("Town or subdistrict"))
    founded_on = models.DateField(_("Founded on"), null=True, blank=True, validators=[not_in_the_future])
    registrar = models.CharField(_("Registration authority"), max_length=60, blank=True)
    supervising_body = models.CharField(_("Supervising body"), max_length=60, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True, validators=[PHONE])
    introduction = models.TextField(_("Introduction"), max_length=500, blank=True)
    full_time_staff = models.PositiveIntegerField(
        _("Full-time staff"), default=0, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    volunteers = models.PositiveIntegerField(_("Volunteers"), default=0, validators=[MaxValueValidator(MOST_PEOPLE)])
    # Party membership only as counts of the organization (PIPL art. 28).
    party_form = models.CharField(
        _("Party organization"), max_length=6, choices=PartyForm.choices, default=PartyForm.NONE
    )
    party_members = models.PositiveIntegerField(
        _("Party members (count)"), default=0, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    bank_name = models.CharField(_("Bank"), max_length=80, blank=True)
    bank_account = models.CharField(
        _("Account"), max_length=40, blank=True, validators=[RegexValidator(r"^\d{8,30}$", _("8 to 30 digits."))]
    )
    # Who last changed bank or account: four eyes hang on it, the verification is another one's.
    account_changed_by_id = models.BigIntegerField(null=True, blank=True, editable=False)
    verification = models.CharField(
        _("Verification"), max_length=10, choices=Verification.choices, default=Verification.UNVERIFIED
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by_id = models.BigIntegerField(null=True, blank=True, editable=False)
    verified_by = models.CharField(max_length=LONGEST_NAME, blank=True)  # a name: it outlives the account
    verification_note = models.TextField(blank=True)  # why it was refused
    version = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "id"], name="organization_by_name"),
            models.Index(fields=["place", "id"], name="organization_by_place"),
            models.Index(fields=["management", "id"], name="organization_by_management"),
            models.Index(fields=["party_form", "id"], name="organization_by_party_form"),
            models.Index(fields=["bank_account"], name="organization_by_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key"],
                name="one_organization_per_name",
                violation_error_message=_("An organization of this name is registered already."),
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="one_organization_per_code",
                violation_error_message=_("This code is registered already."),
            ),
            models.CheckConstraint(
                condition=models.Q(models.Q(credit_code="") | models.Q(host=None))
                & ~models.Q(credit_code="", host=None, applicant_kind=None),
                name="a_code_or_a_host",
                violation_error_message=_("An organization has a code of its own or acts through a host, never both."),
            ),
            models.CheckConstraint(
                condition=models.Q(applicant_kind=None) | models.Q(credit_code="", host=None),
                name="its_kind_is_said_once",
                violation_error_message=_("The kind is what the code or the host says."),
            ),
            models.UniqueConstraint(
                fields=["applicant_kind", "record_number"],
                condition=~models.Q(record_number=""),
                name="one_organization_per_record_number",
                violation_error_message=_("This number is registered already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(verification="verified")
                | models.Q(verified_by_id=None)
                | models.Q(account_changed_by_id=None)
                | ~models.Q(verified_by_id=models.F("account_changed_by_id")),
                name="verified_by_another_than_changed_the_account",
                violation_error_message=_("Who changes the account does not verify it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        self.credit_code = normalize_credit_code(self.credit_code)
        self.name_key = unit_name(self.name)
        self.record_number = narrow(self.record_number)
        super().clean_fields(exclude=exclude)

    @property
    def is_group(self) -> bool:
        """A 备案 group without a code of its own."""
        return self.host_id is not None

    @property
    def identification(self) -> Identification:
        """By what it is known, and how that is checked."""
        if self.applicant_kind:
            return self.applicant_kind.identification
        return identification.KINDS["host" if self.is_group else "credit_code"]

    @property
    def acting_code(self) -> str:
        """The code that agreements and sheets carry: its own, or that of a group's host."""
        return self.credit_code or (self.host.credit_code if self.host else "")

    @property
    def is_verified(self) -> bool:
        return self.verification == self.Verification.VERIFIED

    @property
    def suggested_management(self) -> "Organization.Management":
        """What the rule of 三元管理 proposes; the stored choice may differ, and then the pages say so."""
        return suggested_management(self.field, self.supervising_body)

    @property
    def masked_account(self) -> str:
        return f"**** {self.bank_account[-4:]}" if self.bank_account else ""


TERRITORIAL_FIELDS = (Organization.Field.EDUCATION, Organization.Field.ELDERLY, Organization.Field.COMMUNITY)


def suggested_management(field: str, supervising_body: str) -> Organization.Management:
    """民办教育、养老、社区社会组织 → 属地; 行业协会 with a responsible authority → 行业; neither → 兜底."""
    if field in TERRITORIAL_FIELDS:
        return Organization.Management.TERRITORIAL
    if field == Organization.Field.TRADE and supervising_body:
        return Organization.Management.SECTOR
    return Organization.Management.FALLBACK


@triggers
def hosts_are_registered() -> list[Trigger]:
    """A host has a code: neither is a group hosted by a group, nor does a host become one."""
    table = Organization._meta.db_table
    hosted_by_group = (
        f"NEW.host_id IS NOT NULL AND EXISTS (SELECT 1 FROM {table} h WHERE h.id = NEW.host_id AND h.credit_code = '')"
    )
    becomes_group = f"NEW.credit_code = '' AND EXISTS (SELECT 1 FROM {table} g WHERE g.host_id = NEW.id)"
    return [
        Trigger(f"{table}_host_insert", Organization, "INSERT", hosted_by_group, f"{table}: the host has no code"),
        Trigger(
            f"{table}_host_update",
            Organization,
            "UPDATE",
            f"({hosted_by_group}) OR ({becomes_group})",
            f"{table}: the host has no code",
        ),
    ]
