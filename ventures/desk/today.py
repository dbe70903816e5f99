"""What the desk shows for today: queues with counts and ages, and what ends by itself soon."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.deadlines import end_of, start_of, told
from common.site.paging import Count, bounded_counts, bounded_minima
from rounds.models import Round
from rounds.queries import MOST_SHOWN
from rounds.states import RoundState
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.states import State


@dataclass(frozen=True)
class Queue:
    """Work of one kind that waits: how much, since when, where it is done, and whether it is this reader's part."""

    name: str
    label: Any
    count: Count
    since: datetime | None
    url: str
    perm: str
    query: str = ""

    @property
    def days(self) -> int:
        return (now() - self.since).days if self.since else 0


OPEN = (Objection.State.FILED, Objection.State.ADMITTED)
# A round has some 300 ventures. Each queue is counted and dated on every visit, so that numbers stay small.
COUNTED = 400  # of a queue
LOOKED_AT = 100  # of a queue, from its beginning, for how long its oldest has waited


def queues(user: Any) -> list[Queue]:
    """Every queue of this room in two queries, counted as far as people read numbers."""
    seen = Venture.objects.visible_to(user)
    # What waits, and the expression since when.
    waiting: dict[str, tuple[QuerySet[Any], Any]] = {
        state: (seen.filter(state=state), F("state_since"))
        for state in (
            State.SUBMITTED, State.PROPOSED, State.OBJECTED, State.MID_TERM, State.IN_EVALUATION, State.EVALUATED,
            State.SHOWN, State.TERMINATING,
        )
    }  # fmt: skip
    overdue = seen.filter(state=State.RETURNED, correction_due_on__lt=today())
    waiting["overdue"] = overdue, F("correction_due_on")
    filed = Objection.objects.filter(venture__in=seen, state__in=OPEN)
    waiting["filed"] = filed, F("filed_at")
    # The first row rather than EXISTS: PostgreSQL would collect the lines of every notice there ever was.
    lines = NoticeLine.objects.filter(venture=OuterRef("pk")).order_by("notice__closes_on")
    over = Subquery(lines.values("notice__closes_on")[:1])
    objected = Objection.objects.filter(venture=OuterRef("pk"), state__in=OPEN)
    on_notice = seen.filter(~Exists(objected), state=State.ON_NOTICE)
    waiting["to_award"] = on_notice.alias(over=over).filter(over__lt=today()), over
    counts = bounded_counts({name: rows for name, (rows, _since) in waiting.items()}, COUNTED)
    first = {
        name: rows.order_by("pk").annotate(value=since).values("value")[:LOOKED_AT]
        for name, (rows, since) in waiting.items()
    }
    since = bounded_minima(first)

    def queue(name: str, label: Any, of: str, url: str, perm: str, query: str = "") -> Queue:
        return Queue(name, label, counts[of], _moment(since[of]), url, perm, query)

    delivery = "desk_delivery"
    return [
        queue("screen", _("To screen"), State.SUBMITTED, "desk_screening", "ventures.screen"),
        queue("overdue", _("Corrections overdue"), "overdue", "desk_ventures", "ventures.screen", "?state=returned"),
        queue("publish", _("To put on notice"), State.PROPOSED, "desk_notices", "ventures.publish"),
        queue("objections", _("Objections to rule on"), "filed", "desk_notices", "ventures.rule_on_objections"),
        queue("award", _("To award"), "to_award", "desk_notices", "ventures.award"),
        queue(
            "midterm",
            _("Mid-terms to assess"),
            State.MID_TERM,
            delivery,
            "ventures.evaluate",
            "?state=mid_term",
        ),
        queue(
            "final", _("Finals to assess"), State.IN_EVALUATION, delivery, "ventures.evaluate", "?state=in_evaluation"
        ),
        queue("show", _("To be shown"), State.EVALUATED, delivery, "ventures.show", "?state=evaluated"),
        queue("close", _("To close"), State.SHOWN, "desk_closures", "ventures.close"),
        queue(
            "settle",
            _("Terminations to settle"),
            State.TERMINATING,
            "desk_closures",
            "ventures.terminate",
        ),
    ]


def _moment(since: date | datetime | str | None) -> datetime | None:
    """Aware; a day is its beginning. SQLite answers in text, moments in UTC."""
    if isinstance(since, str):
        since = date.fromisoformat(since) if len(since) == 10 else datetime.fromisoformat(since)
        if isinstance(since, datetime) and since.tzinfo is None:
            since = since.replace(tzinfo=UTC)
    if since is None or isinstance(since, datetime):
        return since
    return start_of(since)


@dataclass(frozen=True)
class Deadline:
    label: Any
    thing: Any
    at: datetime | date

    @property
    def left(self) -> datetime | None:
        """The moment it is over: a notice's last day ends at 24:00."""
        return self.at if isinstance(self.at, datetime) else end_of(self.at)

    @property
    def end(self) -> str:
        return told(self.at)


def deadlines() -> list[Deadline]:
    """What ends by itself soon: open calls and running notices, the nearest first, so many of each."""
    rounds = Round.objects.filter(state=RoundState.OPEN).select_related("series").order_by("closes_at")
    calls = [Deadline(_("The call closes"), r, r.closes_at) for r in rounds[:MOST_SHOWN]]
    running = Notice.objects.filter(opens_on__lte=today(), closes_on__gte=today()).order_by("closes_on", "pk")
    notices = [Deadline(_("The notice ends"), n, n.closes_on) for n in running[:MOST_SHOWN]]
    return sorted(calls + notices, key=lambda d: _moment(d.at) or now())
