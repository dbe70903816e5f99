"""What can be done with the entry of an organization in the register: enter it, change it, ask and answer for a host."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import notify
from common import search
from common.errors import Conflict, Invalid, NotAllowed
from common.limits import take
from common.models import JournalEntry, record
from organizations.codes import normalize_credit_code
from organizations.errors import ChangedMeanwhile
from organizations.limits import REGISTRATIONS
from organizations.models import Membership, Organization

SEARCHED = "organizations.organization"
ENTRY_VERBS = ("edit", "ask_host", "agree_to_host", "decline_to_host", "import_change")  # those that change the entry
# What a clerk has compared with the certificate and the bank's slip: if it changes, somebody has to look again.
ACCOUNT_FIELDS = ("bank_name", "bank_account")
VERIFIED_FIELDS = ("name", "credit_code", "record_number", *ACCOUNT_FIELDS)


@transaction.atomic
def register(*, by: Any, **fields: Any) -> Organization:
    """Register an organization; `by` becomes its owner. Raises Invalid(fields) with the rule that is broken."""
    if not by.has_perm("organizations.register"):
        raise NotAllowed
    take(REGISTRATIONS, account=by.pk)
    organization = Organization(**fields)
    store(organization)
    Membership.objects.create(user=by, organization=organization, part=Membership.Part.OWNER)
    record(organization, "register", by=by, code=organization.credit_code)
    return organization


@transaction.atomic
def register_group(*, by: Any, host_code: str, **fields: Any) -> Organization:
    """Register a 备案 group, which has no code; the owners of the host with `host_code` are asked.

    Raises Invalid(host_code) when no registered organization has this code.
    """
    if not by.has_perm("organizations.register"):
        raise NotAllowed
    take(REGISTRATIONS, account=by.pk)
    host = _host(host_code)
    group = Organization(**fields, credit_code="", host=host, hosting=Organization.Hosting.ASKED)
    store(group)
    Membership.objects.create(user=by, organization=group, part=Membership.Part.OWNER)
    record(group, "register", by=by, host=host.credit_code)
    _ask(group, host)
    return group


@transaction.atomic
def ask_host(group: Organization, *, by: Any, host_code: str) -> Organization:
    """Ask another host, or the same again after it declined."""
    if not by.has_perm("organizations.edit", group):
        raise NotAllowed
    row = locked(group)
    if not row.is_group:
        raise Conflict(_("%(name)s has a code of its own and needs no host.") % {"name": row})
    host = _host(host_code)
    if row.host_id == host.pk and row.hosting != Organization.Hosting.DECLINED:
        raise Invalid({"host_code": [_("%(host)s is asked already.") % {"host": host}]})
    row.host, row.hosting = host, Organization.Hosting.ASKED
    _fall_back(row)
    store(row)
    record(row, "ask_host", by=by, host=host.credit_code)
    _ask(row, host)
    return row


def _host(code: str) -> Organization:
    """The registered organization with this code, locked: it must not lose its code meanwhile."""
    code = normalize_credit_code(code)
    host = Organization.objects.select_for_update(of=("self",)).filter(credit_code=code).first() if code else None
    if host is None:
        sentence = _(
            "No registered organization has the code %(code)s. Ask the host for it; it must be registered first."
        )
        raise Invalid({"host_code": [sentence % {"code": code}]})
    return host


def _ask(group: Organization, host: Organization) -> None:
    text = _("%(group)s asks to take part through %(host)s. Please answer on the page of your organization.")
    notify(owners(host), f"host-asked:{group.pk}:{group.version}", text % {"group": group, "host": host}, page_of(host))


def owners(organization: Organization) -> list[Any]:
    """The people who answer for the organization."""
    rows = organization.memberships.filter(part=Membership.Part.OWNER, user__is_active=True).select_related("user")
    return [m.user for m in rows]


def page_of(organization: Organization) -> str:
    return reverse("apply_organization", args=[organization.pk])


@transaction.atomic
def agree_to_host(group: Organization, *, by: Any) -> Organization:
    """An owner of the host agrees: the group may act through it."""
    return _answer(group, Organization.Hosting.AGREED, by=by, note="")


@transaction.atomic
def decline_to_host(group: Organization, *, by: Any, note: str = "") -> Organization:
    """An owner of the host declines, or takes the agreement back."""
    return _answer(group, Organization.Hosting.DECLINED, by=by, note=note)


def _answer(group: Organization, answer: str, *, by: Any, note: str) -> Organization:
    row = locked(group)
    if row.host is None or not by.has_perm("organizations.host", row.host):
        raise NotAllowed
    if row.hosting == answer:
        raise Conflict(_("This was answered already: %(answer)s.") % {"answer": row.get_hosting_display()})
    row.hosting = answer
    _fall_back(row)
    store(row)
    record(row, "agree_to_host" if answer == Organization.Hosting.AGREED else "decline_to_host", by=by, note=note)
    text = _("%(host)s: %(answer)s. %(note)s") % {
        "host": row.host, "answer": row.get_hosting_display(), "note": note,
    }  # fmt: skip
    notify(owners(row), f"host-answered:{row.pk}:{row.version}", text.strip(), page_of(row))
    return row


@transaction.atomic
def edit(organization: Organization, *, by: Any, version: int | None = None, **fields: Any) -> Organization:
    """Change the organization's data, as it was at `version` (None: as `organization` was read).

    Raises ChangedMeanwhile(stored) when somebody else has saved since, Invalid(fields). What a clerk had verified and
    is changed now (name, code, account) has to be verified again.
    """
    if not (by.has_perm("organizations.keep") or by.has_perm("organizations.edit", organization)):
        raise NotAllowed
    seen = organization.version if version is None else version
    row = locked(organization)
    if row.version != seen:
        last = JournalEntry.objects.of(row).filter(verb__in=ENTRY_VERBS).last()
        raise ChangedMeanwhile(last.by_name if last else "", {name: getattr(row, name) for name in fields})
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if not row.is_verified or set(changed) & set(VERIFIED_FIELDS):
        _fall_back(row)
    if set(changed) & set(ACCOUNT_FIELDS):
        row.account_changed_by_id = by.pk
    store(row)
    record(row, "edit", by=by, fields=", ".join(changed))
    organization.__dict__.update(row.__dict__)
    return row


def locked(organization: Organization) -> Organization:
    """The row as it is stored now, locked to the end of the transaction."""
    return Organization.objects.select_for_update(of=("self",)).select_related("host").get(pk=organization.pk)


def _fall_back(row: Organization) -> None:
    row.verification = Organization.Verification.UNVERIFIED


def store(organization: Organization) -> None:
    """Check and save, one version up. Raises Invalid(fields)."""
    organization.credit_code = normalize_credit_code(organization.credit_code)
    _check_identification(organization)
    try:
        organization.full_clean()
    except ValidationError as e:
        raise Invalid(_by_field(e)) from None
    stored_before = organization.pk is not None
    if stored_before:
        organization.version = F("version") + 1  # type: ignore[assignment]
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as e:  # somebody registered the same between the question and the answer
        if "record_number" in str(e):
            raise Invalid({"record_number": [_("This number is registered already.")]}) from None
        if "credit_code" in str(e):
            raise Invalid({"credit_code": [_("This code is registered already.")]}) from None
        if "name" in str(e):
            raise Invalid({"name": [_("An organization of this name is registered already.")]}) from None
        raise
    if stored_before:
        organization.refresh_from_db(fields=["version"])
    search.index(SEARCHED, organization.pk)


def _check_identification(organization: Organization) -> None:
    wrong: dict[str, list[Any]] = {}
    for field, sentence in organization.identification.problems(organization):
        wrong.setdefault(field, []).append(sentence)
    if not organization.management and organization.applicant_kind is None:
        wrong["management"] = [Organization._meta.get_field("management").error_messages["blank"]]
    if wrong:
        raise Invalid(wrong)


def _by_field(error: ValidationError) -> dict[str, list[Any]]:
    """The sentences by field. A constraint over a condition speaks for the whole; which field it means is known here."""
    told = dict(error.message_dict)
    general = told.pop("__all__", [])
    known = {
        str(_("This code is registered already.")): "credit_code",
        str(_("This number is registered already.")): "record_number",
    }
    for sentence in general:
        told.setdefault(known.get(str(sentence), ""), []).append(sentence)
    return told
