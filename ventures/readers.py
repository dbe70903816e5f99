"""Who sees which ventures, as far as this room knows."""

from typing import Any

from django.db.models import Q

from accounts.models import Role
from organizations.queries import organizations_of, platforms_of
from ventures.states import State
from ventures.visibility import sees


@sees(Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN)
def all_but_drafts(user: Any) -> Q:
    """A draft is the applicant's own until it is submitted."""
    return ~Q(state__in=[State.DRAFT, State.LAPSED]) | Q(entered_by_staff=True)


@sees(Role.APPLICANT)
def of_own_organizations(user: Any) -> Q:
    return Q(organization__in=organizations_of(user))


@sees(Role.OPERATOR)
def on_own_platforms(user: Any) -> Q:
    return Q(platform_id__in=platforms_of(user)) & ~Q(state__in=[State.DRAFT, State.LAPSED])
