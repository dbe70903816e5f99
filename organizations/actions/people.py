"""The people of an organization: invite, accept, change a part, remove, leave. Told to those concerned.

Every decision about people locks the organization first, so that two at the same time do not leave it without an owner.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, NotAllowed, Stale
from common.limits import take
from common.models import JournalEntry, record
from common.wording import labelled
from common.work.outbox import put
from organizations.actions.owners import has_owner
from organizations.actions.register import owners
from organizations.limits import INVITATIONS
from organizations.models import Invitation, Membership, Organization, Part

OPEN_INVITATIONS = 20


def decides_about_people(organization: Organization, *, by: Any) -> None:
    """Raises NotAllowed for everybody but an owner."""
    if not by.has_perm("organizations.manage_people", organization):
        raise NotAllowed(_("Only an owner of the organization decides about its people."))


@transaction.atomic
def invite(organization: Organization, *, by: Any, part: str, site: str, email: str = "") -> Invitation:
    """Open a place for one person. With an e-mail the link is sent there as well.

    Raises Conflict: so many are open already; TooMany: so many were mailed within a day.
    """
    organization = _of_owner(organization, by)
    if organization.invitations.open().count() >= OPEN_INVITATIONS:
        raise Conflict(
            _("%(n)s invitations are open, which is as many as there may be. Withdraw one first.")
            % {"n": OPEN_INVITATIONS}
        )
    take(INVITATIONS, account=by.pk)
    if email:
        throttle.take(throttle.INVITATION_MAILS, account=str(by.pk))
    invitation = Invitation.objects.create(organization=organization, part=part, email=email, made_by=by)
    record(organization, "invite", by=by, note=_with_mail(invitation))
    if email:
        put("organization_invitation", f"organization_invitation:{invitation.pk}", {"pk": invitation.pk, "site": site})
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> Invitation:
    """Withdraw it: its code does not work any more."""
    organization = _of_owner(invitation.organization, by)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.used_at:
        raise Stale(_("The invitation was accepted a moment ago. Remove the person instead."))
    if not invitation.revoked_at:
        invitation.revoked_at = now()
        invitation.save()
        record(organization, "revoke_invitation", by=by, note=_with_mail(invitation))
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: Any) -> Membership:
    """Take the place. Of two at once one gets it. Raises Stale: taken, withdrawn or too old; Conflict: has a part already."""
    if not by.has_perm("organizations.register"):
        raise NotAllowed(_("Only applicants work for an organization; staff and experts do not."))
    organization = _locked(invitation.organization)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if why := invitation.closed_because:
        raise Stale(gone(why))
    if invitation.by_desk and (already := owners(organization)):
        raise Stale(has_owner(organization, already))
    present = organization.memberships.filter(user=by).first()
    if present and not invitation.by_desk:
        raise Conflict(
            _("You work for %(organization)s already, as: %(part)s. An owner changes that.")
            % {"organization": organization, "part": present.get_part_display()}
        )
    membership, __ = Membership.objects.update_or_create(
        user=by, organization=organization, defaults={"part": invitation.part}
    )
    invitation.used_at, invitation.accepted_by = now(), by
    invitation.save()
    entry = record(organization, "accept_invitation", by=by, note=membership.get_part_display())
    text = _("%(name)s accepted the invitation to %(organization)s, as: %(part)s.")
    _tell_owners(
        organization,
        entry,
        by,
        text % {"name": by, "organization": organization, "part": membership.get_part_display()},
    )
    if invitation.by_desk:
        told = _("%(name)s is now the owner of %(organization)s, by your invitation.")
        told %= {"name": by, "organization": organization}
        notify([invitation.made_by], f"entry:{entry.pk}", told, reverse("desk_organization", args=[organization.pk]))
    return membership


@transaction.atomic
def change_part(membership: Membership, *, by: Any, part: str) -> Membership:
    organization = _of_owner(membership.organization, by)
    membership = _present(membership)
    if membership.part == part:
        return membership
    if membership.part == Part.OWNER:
        _keep_an_owner(organization, without=membership)
        _withdraw_own(organization, membership.user)
    before = membership.get_part_display()
    membership.part = part
    membership.save()
    note = labelled(membership.user, f"{before} → {membership.get_part_display()}")
    entry = record(organization, "change_part", by=by, note=note)
    text = _("Your part in %(organization)s is now: %(part)s.")
    _tell(membership.user, entry, by, text % {"organization": organization, "part": membership.get_part_display()})
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: Any) -> None:
    """Take somebody out of the organization."""
    organization = _of_owner(membership.organization, by)
    membership = _present(membership)
    if membership.part == Part.OWNER:
        _keep_an_owner(organization, without=membership)
    _withdraw_own(organization, membership.user)
    membership.delete()
    entry = record(organization, "remove_person", by=by, note=str(membership.user))
    text = _("You do not work for %(organization)s any more: an owner removed you.") % {"organization": organization}
    _tell(membership.user, entry, by, text)


@transaction.atomic
def leave(organization: Organization, *, by: Any) -> None:
    """Go oneself."""
    organization = _locked(organization)
    membership = organization.memberships.filter(user=by).first()
    if membership is None:
        raise Stale(_("You do not work for %(organization)s any more.") % {"organization": organization})
    if membership.part == Part.OWNER:
        _keep_an_owner(organization, without=membership)
    _withdraw_own(organization, by)
    membership.delete()
    entry = record(organization, "leave", by=by, note=membership.get_part_display())
    text = _("%(name)s left %(organization)s.") % {"name": by, "organization": organization}
    _tell_owners(organization, entry, by, text)


def gone(why: str) -> str:
    """Why an invitation does not work any more, as a sentence."""
    sentences = {
        "used": _("This invitation has been accepted already; each works once. Ask an owner for another."),
        "revoked": _("This invitation was withdrawn. Ask an owner for another."),
        "expired": _("This invitation is too old. Ask an owner for another."),
    }
    return sentences[why]


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _of_owner(organization: Organization, by: Any) -> Organization:
    """Locked, and asked after the lock: an owner who was lowered a moment ago decides nothing more."""
    organization = _locked(organization)
    decides_about_people(organization, by=by)
    return organization


def _present(membership: Membership) -> Membership:
    found = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise Stale(_("This person does not work for the organization any more."))
    return found


def _keep_an_owner(organization: Organization, *, without: Membership) -> None:
    owners = organization.memberships.filter(part=Part.OWNER, user__is_active=True)
    if not owners.exclude(pk=without.pk).exists():
        raise Conflict(
            _("%(name)s is the last owner of %(organization)s. Make somebody else an owner first.")
            % {"name": without.user, "organization": organization}
        )


def _withdraw_own(organization: Organization, user: Any) -> None:
    """Who decides no more about people does not come back by a code made before."""
    organization.invitations.open().filter(made_by=user).update(revoked_at=now())


def _with_mail(invitation: Invitation) -> str:
    return " · ".join(filter(None, [str(invitation.get_part_display()), invitation.email]))


def _tell(user: Any, entry: JournalEntry, by: Any, text: str) -> None:
    if user.pk != by.pk:
        notify([user], f"entry:{entry.pk}", text)


def _tell_owners(organization: Organization, entry: JournalEntry, by: Any, text: str) -> None:
    owners = organization.memberships.filter(part=Part.OWNER).exclude(user=by).select_related("user")
    notify([m.user for m in owners], f"entry:{entry.pk}", text, reverse("apply_people", args=[organization.pk]))
