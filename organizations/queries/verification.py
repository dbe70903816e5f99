"""What a clerk looks at before an organization is verified; what the house can see by itself is answered already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from common.wording import clauses, labelled, listed, sentences
from organizations.codes import doubts
from organizations.duplicates import Duplicate
from organizations.models import Organization


@dataclass(frozen=True)
class Finding:
    """`holds` None: only a person with the papers can say."""

    holds: bool | None
    label: str
    evidence: str


def things_to_check(
    organization: Organization, duplicates: Sequence[Duplicate], *, whole_account: bool
) -> list[Finding]:
    """The checklist of the verification, in the order of the papers. No query beside those of `duplicates`.

    Not `whole_account`: for who is not to compare it with the paper.
    """
    o = organization
    lines = [_host(o)] if o.is_group else [_code(o)] if o.credit_code else []
    number = o.credit_code or o.record_number
    lines.append(Finding(None, _("Name and number as on the certificate"), f"{o.name} {number or o.phone}".strip()))
    lines.append(_account(o, whole_account))
    if o.management:
        lines.append(_management(o))
    strong = [d for d in duplicates if d.is_strong]
    told = clauses(labelled(d.organization, listed(d.reasons)) for d in strong)
    lines.append(Finding(not strong, _("No other entry of the same organization"), told or _("None was found.")))
    return lines


def _code(o: Organization) -> Finding:
    odd = doubts(o.credit_code)
    return Finding(not odd, _("The code is that of a social organization"), sentences(odd) or o.credit_code)


def _host(o: Organization) -> Finding:
    agreed = o.hosting == Organization.Hosting.AGREED
    return Finding(agreed, _("The host agrees"), labelled(o.host, o.get_hosting_display()))


def _account(o: Organization, whole: bool) -> Finding:
    label = _("Account as on the bank's slip")
    if o.bank_account:
        return Finding(None, label, f"{o.bank_name} {o.bank_account if whole else o.masked_account}")
    return Finding(o.is_group, label, _("No account of its own is on record."))


def _management(o: Organization) -> Finding:
    suggested: Any = o.suggested_management
    label = _("Management model follows the rule")
    if o.management == suggested:
        return Finding(True, label, str(suggested.label))
    told = _("The rule proposes “%(rule)s” (field: %(field)s), entered is “%(given)s”.") % {
        "rule": suggested.label, "field": o.get_field_display(), "given": o.get_management_display(),
    }  # fmt: skip
    return Finding(False, label, told)
