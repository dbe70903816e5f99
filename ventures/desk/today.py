"""What ends by itself soon: open calls and running notices."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.deadlines import end_of, told
from rounds.models import Round
from rounds.queries import MOST_SHOWN
from rounds.states import RoundState
from ventures.models import Notice


@dataclass(frozen=True)
class Deadline:
    label: Any
    thing: Any
    at: datetime | date

    @property
    def left(self) -> datetime:
        """The moment it is over: a notice's last day ends at 24:00."""
        return self.at if isinstance(self.at, datetime) else end_of(self.at)

    @property
    def end(self) -> str:
        return told(self.at)


def deadlines() -> list[Deadline]:
    """The nearest first, so many of each."""
    rounds = Round.objects.filter(state=RoundState.OPEN).select_related("series").order_by("closes_at")
    calls = [Deadline(_("The call closes"), r, r.closes_at) for r in rounds[:MOST_SHOWN]]
    running = Notice.objects.filter(opens_on__lte=today(), closes_on__gte=today()).order_by("closes_on", "pk")
    notices = [Deadline(_("The notice ends"), n, n.closes_on) for n in running[:MOST_SHOWN]]
    return sorted(calls + notices, key=lambda d: d.left)
