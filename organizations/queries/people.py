"""What can be asked about the people of an organization."""

from typing import Any

from organizations.models import Invitation, Membership, Organization, Part

_ORDER = {part: n for n, part in enumerate(Part.values)}


def people_of(organization: Organization) -> list[Membership]:
    """Owners first, then by name. One query."""
    found = organization.memberships.select_related("user")
    return sorted(found, key=lambda m: (_ORDER[m.part], m.user.name, m.pk))


def has_owners(organization: Organization) -> bool:
    """Somebody who answers for it and can log in."""
    return organization.memberships.filter(part=Part.OWNER, user__is_active=True).exists()


def open_invitations_of(organization: Organization) -> list[Invitation]:
    return list(organization.invitations.open().select_related("made_by"))


def memberships_of_colleagues(user: Any) -> Any:
    """Parts in the organizations in which the user has one."""
    return Membership.objects.filter(organization__memberships__user=user).select_related("organization", "user")


def invitations_of_colleagues(user: Any) -> Any:
    return Invitation.objects.filter(organization__memberships__user=user).select_related("organization")
