"""Who sees which ventures, as far as this room knows."""

from typing import Any

from django.db.models import Q

from accounts.models import Role
from common.clock import now
from organizations.queries import organizations_of, platforms_of
from rounds.models import Round
from ventures.states import NOT_HANDED_IN
from ventures.visibility import visible_for


@visible_for(Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN)
def all_but_drafts(user: Any) -> Q:
    """A draft is the applicant's own until it is submitted.

    Of a sealed round nobody opens anything before the deadline, but who enters an application for an applicant (代录)
    goes on seeing that one.
    """
    handed_in = ~Q(state__in=NOT_HANDED_IN)
    return (handed_in | entered_by_staff()) & not_sealed() | Q(entered_by=user)


@visible_for(Role.APPLICANT)
def of_own_organizations(user: Any) -> Q:
    return Q(organization__in=organizations_of(user))


@visible_for(Role.OPERATOR)
def on_own_platforms(user: Any) -> Q:
    return Q(platform_id__in=platforms_of(user)) & ~Q(state__in=NOT_HANDED_IN) & not_sealed()


def not_sealed() -> Q:
    """The round is not sealed, or its call is over. A subquery of a few rows, not a join for every list."""
    return ~Q(round__in=Round.objects.filter(sealed=True, closes_at__gte=now()).order_by().values("pk"))


def is_sealed(round_: Round) -> bool:
    return round_.sealed and now() <= round_.closes_at


def entered_by_staff() -> Q:
    return Q(entered_by__isnull=False)
