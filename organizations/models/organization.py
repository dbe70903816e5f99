from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from organizations.codes import normalize_credit_code, validate_credit_code

PHONE = RegexValidator(
    r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{8})$", _("A mobile number, or a landline like 0573-85013072.")
)


class Tier(models.TextChoices):
    """三级孵化平台."""

    CITY = "city", _("City")
    TOWN = "town", _("Town or subdistrict")
    VILLAGE = "village", _("Village or community")


class Place(models.Model):
    """An administrative division, with its code (NBS)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """A social organization (社会组织), and what a round needs to know of it."""

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

    name = models.CharField(_("Name"), max_length=100, unique=True)
    credit_code = models.CharField(
        _("Unified social credit code"), max_length=18, unique=True, validators=[validate_credit_code]
    )
    management = models.CharField(_("Management model"), max_length=12, choices=Management.choices)
    service = models.CharField(_("Kind of service"), max_length=16, choices=Service.choices, default=Service.OTHER)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, verbose_name=_("Town or subdistrict"))
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    registrar = models.CharField(_("Registration authority"), max_length=60, blank=True)
    supervising_body = models.CharField(_("Supervising body"), max_length=60, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True, validators=[PHONE])
    introduction = models.TextField(_("Introduction"), max_length=500, blank=True)
    full_time_staff = models.PositiveIntegerField(_("Full-time staff"), default=0)
    volunteers = models.PositiveIntegerField(_("Volunteers"), default=0)
    # Party membership only as counts of the organization (PIPL art. 28).
    party_form = models.CharField(
        _("Party organization"), max_length=6, choices=PartyForm.choices, default=PartyForm.NONE
    )
    party_members = models.PositiveIntegerField(_("Party members (count)"), default=0)
    bank_name = models.CharField(_("Bank"), max_length=80, blank=True)
    bank_account = models.CharField(
        _("Account"), max_length=40, blank=True, validators=[RegexValidator(r"^\d{8,30}$", _("8 to 30 digits."))]
    )
    is_demo = models.BooleanField(_("Demonstration data (演示数据)"), default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        self.credit_code = normalize_credit_code(self.credit_code)
        super().clean_fields(exclude=exclude)


class Membership(models.Model):
    """A person's part in an organization."""

    class Part(models.TextChoices):
        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        READER = "reader", _("Reader")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=6, choices=Part.choices, default=Part.OWNER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="one_part_per_organization")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"


class Platform(models.Model):
    """An incubation platform (孵化平台) of one of the three tiers, run by an entrusted organization."""

    name = models.CharField(max_length=80, unique=True)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    operator = models.CharField(max_length=100, blank=True, help_text=_("Organization that runs the platform"))
    operators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="platforms", blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["place__code", "name"]

    def __str__(self) -> str:
        return self.name


class Incubation(models.Model):
    """An organization on a platform: 入孵 … 出壳."""

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="incubations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="incubations")
    entered_on = models.DateField()
    graduated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(graduated_on=None) | models.Q(graduated_on__gte=models.F("entered_on")),
                name="graduated_after_entering",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} @ {self.platform}"


class ReferenceFigure(models.Model):
    """A published figure (参考数据), as text because "50多" is no number, with its source and date. Never computed with."""

    key = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    value = models.CharField(max_length=40)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
