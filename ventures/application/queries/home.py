"""What an applicant has: ventures, organizations, and calls to apply to."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from organizations.models import Membership, Organization, Part
from rounds.models import Round
from rounds.queries import open_rounds
from ventures.due import with_marks
from ventures.models import Venture
from ventures.states import NOT_HANDED_IN

APPLYING = (Part.OWNER, Part.EDITOR)  # whose part allows it (organizations.rules)


@dataclass(frozen=True)
class Call:
    """A call that is open, and how much of it the organizations of this person have used: `used` of `limit` each has
    submitted; with several, of the one that has most left."""

    round: Round
    used: int
    limit: int

    @property
    def is_used_up(self) -> bool:
        return self.used >= self.limit


@dataclass(frozen=True)
class Desk:
    ventures: list[Venture]
    memberships: list[Membership]
    calls: list["Call"]

    @property
    def may_apply(self) -> bool:
        return any(m.part in APPLYING for m in self.memberships)


def may_apply_for(user: Any) -> "QuerySet[Organization]":
    """Organizations in whose name this person may apply."""
    return Organization.objects.filter(memberships__user=user, memberships__part__in=APPLYING)


def desk(user: Any) -> Desk:
    """What an applicant has, in four queries however much it is. What waits is told by `common.site.todo`."""
    seen = Venture.objects.visible_to(user).select_related("round__series", "organization")
    ventures = [v.known_to(user) for v in seen.order_by("-created_at", "-pk")]
    with_marks(ventures, user)
    memberships = list(
        Membership.objects.filter(user=user).select_related("organization__place", "organization__host").order_by("pk")
    )
    own = [m.organization_id for m in memberships if m.part in APPLYING]
    handed_in = ((v.round_id, v.organization_id) for v in ventures if v.state not in NOT_HANDED_IN)
    return Desk(ventures, memberships, _calls([r for r in open_rounds() if r.is_call_open], own, handed_in))


def _calls(rounds: Iterable[Round], own: Collection[int], handed_in: Iterable[tuple[int, int]]) -> list[Call]:
    """`handed_in`: (round, organization) for each venture that was."""
    submitted = Counter(handed_in)
    return [Call(r, min((submitted[r.pk, o] for o in own), default=0), r.max_per_organization) for r in rounds]


def used_up_by(user: Any, rounds: Iterable[Round]) -> set[int]:
    """Rounds to which no organization of this person may submit any more. 2 queries; none for a visitor."""
    own = list(may_apply_for(user).values_list("pk", flat=True)) if user.is_authenticated else []
    if not own:
        return set()
    theirs = Venture.objects.filter(round__in=[r.pk for r in rounds], organization__in=own)
    handed_in = theirs.exclude(state__in=NOT_HANDED_IN).order_by().values_list("round", "organization")
    return {call.round.pk for call in _calls(rounds, own, handed_in) if call.is_used_up}
