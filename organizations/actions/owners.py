"""The desk brings in an owner where there is none: after an import, an entry for somebody, or when the last one is gone."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import record
from common.text import clean
from common.wording import listed
from common.work.outbox import put
from organizations.actions.register import locked, owners
from organizations.models import Invitation, Organization, Part


@transaction.atomic
def invite_owner(organization: Organization, *, by: Any, note: str, site: str, email: str = "") -> Invitation:
    """Open the place of an owner; `note` says who came and with which paper. One at a time: an older one is withdrawn.

    Raises Conflict: there is an owner, who invites; Invalid(note); TooMany: so many were mailed within a day.
    """
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    organization = locked(organization)
    if present := owners(organization):
        raise Conflict(has_owner(organization, present))
    if not (note := clean(note)):
        raise Invalid(
            {"note": [_("Say who asked for it and with which paper, for instance the registration certificate.")]}
        )
    if email:
        throttle.take(throttle.INVITATION_MAILS, account=str(by.pk))
    organization.invitations.open().filter(by_desk=True).update(revoked_at=now())
    invitation = Invitation.objects.create(
        organization=organization, part=Part.OWNER, email=email, made_by=by, by_desk=True
    )
    entry = record(organization, "invite_owner", by=by, note=" · ".join(filter(None, [note, email])))
    if email:
        put("organization_invitation", f"organization_invitation:{invitation.pk}", {"pk": invitation.pk, "site": site})
    people = [m.user for m in organization.memberships.select_related("user") if m.user.is_active]
    text = _(
        "The office has invited an owner for %(organization)s, which has none. If you do not know why, ask the office."
    )
    notify(
        people,
        f"entry:{entry.pk}",
        text % {"organization": organization},
        reverse("apply_people", args=[organization.pk]),
    )
    return invitation


@transaction.atomic
def revoke_owner_invitation(invitation: Invitation, *, by: Any) -> Invitation:
    """The desk withdraws what the desk has made."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    organization = locked(invitation.organization)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not invitation.by_desk:
        raise NotAllowed(_("An owner has made this invitation; only an owner withdraws it."))
    if invitation.used_at:
        raise Stale(_("The invitation was accepted a moment ago."))
    if not invitation.revoked_at:
        invitation.revoked_at = now()
        invitation.save()
        record(organization, "revoke_invitation", by=by, note=str(invitation.get_part_display()))
    return invitation


def has_owner(organization: Organization, present: list[Any]) -> str:
    return _("%(organization)s has an owner already: %(names)s. Owners invite further people themselves.") % {
        "organization": organization,
        "names": listed(person.name for person in present),
    }
