"""What an applicant has: ventures, organizations, and calls to apply to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from organizations.models import Membership, Organization, Part
from rounds.models import Round
from rounds.queries import open_rounds
from ventures.models import Venture

APPLYING = (Part.OWNER, Part.EDITOR)  # whose part allows it (organizations.rules)


@dataclass(frozen=True)
class Desk:
    ventures: list[Venture]
    memberships: list[Membership]
    rounds: list[Round]

    @property
    def may_apply(self) -> bool:
        return any(m.part in APPLYING for m in self.memberships)


def may_apply_for(user: Any) -> "QuerySet[Organization]":
    """Organizations in whose name this person may apply."""
    return Organization.objects.filter(memberships__user=user, memberships__part__in=APPLYING)


def desk(user: Any) -> Desk:
    """What an applicant has, in three queries however much it is. What waits is told by `common.site.todo`."""
    seen = Venture.objects.visible_to(user).select_related("round__series", "organization")
    ventures = [v.known_to(user) for v in seen.order_by("-created_at", "-pk")]
    return Desk(
        ventures=ventures,
        memberships=list(
            Membership.objects.filter(user=user)
            .select_related("organization__place", "organization__host")
            .order_by("pk")
        ),
        rounds=[r for r in open_rounds() if r.is_call_open],
    )
