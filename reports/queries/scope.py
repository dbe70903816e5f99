"""Which round, whose ventures, up to which day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.machine.actors import SYSTEM
from organizations.models import Platform
from organizations.queries import subtree
from reports.audience import Audience
from rounds.models import Round
from ventures.models import Venture
from ventures.states import AWARDED_STATES, NOT_HANDED_IN
from ventures.visibility_by_role import not_sealed


@dataclass(frozen=True)
class Scope:
    """The whole round for the round's own (city) platform, else the ventures of a platform and those below it, as far
    as the audience may know of them.

    Dated facts (payments, expenses, incubations, showcases) count up to `as_of`, the day included; states and scores
    are those at the time of asking.
    """

    round: Round
    platform: Platform
    as_of: date
    platform_ids: tuple[int, ...]
    audience: Audience

    @property
    def is_city(self) -> bool:
        return self.platform.pk == self.round.platform_id

    @property
    def filled_by(self) -> str:
        """填报单位."""
        return self.round.host if self.is_city else self.platform.name

    def ventures(self) -> Any:
        """Handed in; a draft is the applicant's own. While the round is sealed there is nothing to report."""
        ventures = Venture.objects.filter(not_sealed(), round=self.round).exclude(state__in=NOT_HANDED_IN)
        return ventures if self.is_city else ventures.of_platforms(list(self.platform_ids))

    def awarded(self) -> Any:
        return self.ventures().filter(state__in=AWARDED_STATES)

    def known(self, ventures: Iterable[Venture]) -> Iterator[Venture]:
        """These ventures of the round as the audience may know them: a platform reads the selection in the notice."""
        reader = None if self.audience == Audience.PLATFORM else SYSTEM
        for venture in ventures:
            venture.round = self.round
            yield venture.known_to(reader)


def scope_of(round_: Round, platform: Platform, as_of: date, audience: Audience) -> Scope:
    """Asks for the tree of platforms: one query for each tier below, one to see that there is none."""
    return Scope(round_, platform, as_of, tuple(subtree(platform)), audience)
