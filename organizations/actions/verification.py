"""A clerk compares what an organization says of itself with its papers."""

from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.machine.actors import name_of
from common.models import record
from organizations.actions.register import locked, owners, page_of
from organizations.models import Organization
from organizations.rules import changed_no_account


@transaction.atomic
def verify(organization: Organization, *, by: Any) -> Organization:
    """核验通过: name, code and account are those of the papers. The version that was read is the one that is verified.

    Raises Stale when it was changed or verified since it was read, Conflict while a group's host has not agreed,
    NotAllowed for who changed the account.
    """
    row = _open(organization, by)
    if not changed_no_account(by, row):
        raise NotAllowed(
            _(
                "You have changed the account of %(name)s yourself. Who changes an account does not verify it: another "
                "clerk or the manager has to."
            )
            % {"name": row}
        )
    if row.is_group and row.hosting != Organization.Hosting.AGREED:
        raise Conflict(_("%(host)s has not agreed to be the host yet.") % {"host": row.host})
    return _decide(row, Organization.Verification.VERIFIED, "verify", by=by, note="")


@transaction.atomic
def reject(organization: Organization, *, by: Any, note: str) -> Organization:
    """不予核验, with the reason; a corrected entry comes back into the queue."""
    row = _open(organization, by)
    if not note.strip():
        raise Invalid({"note": [_("Please say what does not agree with the papers.")]})
    return _decide(row, Organization.Verification.REJECTED, "reject", by=by, note=note.strip())


def _open(organization: Organization, by: Any) -> Organization:
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    row = locked(organization)
    if row.version != organization.version:
        raise Stale(_("%(name)s has been changed since you opened it. Please look at it again.") % {"name": row})
    if row.verification != organization.verification or row.is_verified:
        at = localtime(row.verified_at).strftime("%H:%M") if row.verified_at else ""
        raise Stale(
            _("%(name)s: %(who)s was first (%(time)s); it is now “%(state)s”.")
            % {"name": row, "who": row.verified_by, "time": at, "state": row.get_verification_display()}
        )
    return row


def _decide(row: Organization, decision: str, verb: str, *, by: Any, note: str) -> Organization:
    # Neither decision is a change of the entry: the version that people have open stays good.
    row.verification, row.verification_note = decision, note
    row.verified_at, row.verified_by_id, row.verified_by = now(), by.pk, name_of(by)
    row.save(update_fields=["verification", "verification_note", "verified_at", "verified_by_id", "verified_by"])
    entry = record(row, f"{verb}_organization", by=by, note=note, version=row.version)
    told = _("%(organization)s: %(decision)s. %(note)s") % {
        "organization": row, "decision": row.get_verification_display(), "note": note,
    }  # fmt: skip
    notify(owners(row), f"verification:{entry.pk}", told.strip(), page_of(row))
    return row
