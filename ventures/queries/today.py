"""What the desk shows for today: queues with counts and ages, and what ends by itself soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.models import JournalEntry
from ventures.gates import moment
from ventures.models import Notice, Objection, Report, Round, Venture
from ventures.states import RoundState, State


@dataclass(frozen=True)
class Queue:
    """Work of one kind that waits: how much, since when, where it is done, and whether it is this reader's part."""

    name: str
    label: Any
    count: int
    since: datetime | None
    url: str
    perm: str
    query: str = ""

    @property
    def days(self) -> int:
        return (now() - self.since).days if self.since else 0


def queues(user: Any) -> list[Queue]:
    """Every queue of this room in five queries, whatever their length."""
    seen = Venture.objects.visible_to(user)
    moved_at = Subquery(
        JournalEntry.objects.filter(
            subject_kind="ventures.venture", subject_id=OuterRef("pk"), to_state=OuterRef("state")
        )
        .order_by("-pk")
        .values("at")[:1]
    )
    waiting = (State.SUBMITTED, State.PROPOSED, State.OBJECTED, State.SHOWN, State.TERMINATING, State.EVALUATED)
    by_state = {
        row["state"]: row
        for row in seen.filter(state__in=waiting)
        .annotate(moved_at=moved_at)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"), since=Min("moved_at"))
    }
    overdue = seen.filter(state=State.RETURNED, correction_due_on__lt=today()).aggregate(
        n=Count("pk"), since=Min("correction_due_on")
    )
    filed = Objection.objects.filter(
        venture__in=seen, state__in=[Objection.State.FILED, Objection.State.ADMITTED]
    ).aggregate(n=Count("pk"), since=Min("filed_at"))
    to_award = (
        seen.filter(state=State.ON_NOTICE, notice_lines__notice__closes_on__lt=today())
        .exclude(objections__state__in=[Objection.State.FILED, Objection.State.ADMITTED])
        .aggregate(n=Count("pk", distinct=True), since=Min("notice_lines__notice__closes_on"))
    )
    reports = {
        row["kind"]: row
        for row in Report.objects.filter(
            venture__in=seen.filter(state__in=[State.MID_TERM, State.IN_EVALUATION]), verdict=Report.Verdict.PENDING
        )
        .order_by()
        .values("kind")
        .annotate(n=Count("venture", distinct=True), since=Min("handed_in_at"))
    }

    def queue(name: str, label: Any, row: Mapping[str, Any] | None, url: str, perm: str, query: str = "") -> Queue:
        row = row or {"n": 0, "since": None}
        return Queue(name, label, row["n"], _moment(row["since"]), url, perm, query)

    delivery = "desk_delivery"
    return [
        queue("screen", _("To screen"), by_state.get(State.SUBMITTED), "desk_screening", "ventures.screen"),
        queue("overdue", _("Corrections overdue"), overdue, "desk_ventures", "ventures.screen", "?state=returned"),
        queue("publish", _("To put on notice"), by_state.get(State.PROPOSED), "desk_notices", "ventures.publish"),
        queue("objections", _("Objections to rule on"), filed, "desk_notices", "ventures.rule_on_objections"),
        queue("award", _("To award"), to_award, "desk_notices", "ventures.award"),
        queue(
            "midterm",
            _("Mid-terms to assess"),
            reports.get("mid_term"),
            delivery,
            "ventures.evaluate",
            "?state=mid_term",
        ),
        queue(
            "final", _("Finals to assess"), reports.get("final"), delivery, "ventures.evaluate", "?state=in_evaluation"
        ),
        queue("show", _("To be shown"), by_state.get(State.EVALUATED), delivery, "ventures.show", "?state=evaluated"),
        queue("close", _("To close"), by_state.get(State.SHOWN), "desk_closures", "ventures.close"),
        queue(
            "settle",
            _("Terminations to settle"),
            by_state.get(State.TERMINATING),
            "desk_closures",
            "ventures.terminate",
        ),
    ]


def _moment(since: date | datetime | None) -> datetime | None:
    if since is None or isinstance(since, datetime):
        return since
    return make_aware(datetime.combine(since, time.min))


@dataclass(frozen=True)
class Deadline:
    label: Any
    thing: Any
    at: datetime | date

    @property
    def left(self) -> datetime | None:
        """The moment it is over: a notice's last day ends at 24:00."""
        if isinstance(self.at, datetime):
            return self.at
        return _moment(self.at + timedelta(1))

    @property
    def end(self) -> str:
        return moment(self.at) if isinstance(self.at, datetime) else f"{self.at} 24:00"


def deadlines() -> list[Deadline]:
    """What ends by itself soon: open calls and running notices, the nearest first."""
    calls = [
        Deadline(_("The call closes"), r, r.closes_at)
        for r in Round.objects.filter(state=RoundState.OPEN).select_related("series")
    ]
    notices = [
        Deadline(_("The notice ends"), n, n.closes_on)
        for n in Notice.objects.filter(opens_on__lte=today(), closes_on__gte=today())
    ]
    return sorted(calls + notices, key=lambda d: _moment(d.at) or now())
