"""Rounds in review, and score sheets that add up to a wanted total."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Role, User
from common.clock import now
from reviews import actions
from reviews.models import Review
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture
from ventures.models import Venture
from ventures.states import State


@dataclass
class Panelled:
    """A round whose review has begun (or may begin), with everybody concerned."""

    round: Round
    ventures: list[Venture]
    experts: list[User]
    manager: User

    def review(self, expert: int, venture: int = 0) -> Review:
        return Review.objects.get(venture=self.ventures[venture], expert=self.experts[expert])

    def submit(self, expert: int, total: Any = 80, venture: int = 0, **points: Any) -> Review:
        return actions.submit_score(
            self.review(expert, venture), by=self.experts[expert], points=sheet(self.round, total, **points)
        )

    def score(self, totals: Sequence[Any], venture: int = 0) -> None:
        """Expert n gives the n-th total."""
        for n, total in enumerate(totals):
            self.submit(n, total, venture)

    def begin(self) -> "Panelled":
        actions.begin(self.round, by=self.manager)
        self.refresh()
        return self

    def refresh(self) -> None:
        self.round.refresh_from_db()
        self.ventures = list(Venture.objects.filter(pk__in=[v.pk for v in self.ventures]).order_by("number"))


def sheet(round_: Round, total: Any = 80, **points: Any) -> dict[int, Decimal]:
    """Points by criterion that add up to `total`, filled from the first criterion on; or exactly the given ones by
    label for those that are named (then `total` is what the others share)."""
    left = Decimal(str(total))
    filled = {}
    for item in round_.rubric.all():
        if item.label in points:
            filled[item.pk] = Decimal(str(points[item.label]))
            continue
        filled[item.pk] = min(left, Decimal(item.weight))
        left -= filled[item.pk]
    assert not left, "more points than the rubric has"
    return filled


def panelled(*, experts: int = 5, ventures: int = 1, requested: Sequence[Any] = (), **fields: Any) -> Panelled:
    """A closed call with a panel and eligible ventures，that asked for `requested`（元），50,000 each by default."""
    past = {"opens_at": now() - timedelta(days=40), "closes_at": now() - timedelta(days=10)}
    round_ = a_round(RoundState.CALL_CLOSED, **past, **fields)
    manager = a_user(Role.MANAGER)
    panel = [a_user(Role.EXPERT) for _ in range(experts)]
    asked = [Decimal(r) for r in requested] or [Decimal(50000)] * ventures
    planted = [
        a_venture(State.ELIGIBLE, round=round_, requested=amount, total_budget=amount, number=f"HC-{n:03d}")
        for n, amount in enumerate(asked, 1)
    ]
    if panel:
        actions.set_panel(round_, by=manager, experts=panel)
    return Panelled(round_, planted, panel, manager)


def states(panelled: Panelled) -> list[str]:
    """Of its ventures, as they are stored."""
    return [Venture.objects.get(pk=v.pk).state for v in panelled.ventures]
