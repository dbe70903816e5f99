"""What the staff desk asks: queues with counts and ages, lists, the board of rounds, what waits on a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from common.clock import now, today
from common.gates import Line, checklist
from common.models import JournalEntry
from common.money import total
from ventures.gates import moment
from ventures.models import Notice, Objection, Report, Round, Venture
from ventures.states import RoundState, State

ROW = ("round__series", "organization", "platform")


# --- Today ----------------------------------------------------------------------------------------------------------


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
        JournalEntry.objects.filter(subject_kind="ventures.venture", subject_id=OuterRef("pk"), to_state=OuterRef("state"))
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
    filed = Objection.objects.filter(venture__in=seen, state__in=[Objection.State.FILED, Objection.State.ADMITTED]).aggregate(
        n=Count("pk"), since=Min("filed_at")
    )
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
        queue("midterm", _("Mid-terms to assess"), reports.get("mid_term"), delivery, "ventures.evaluate", "?state=mid_term"),
        queue("final", _("Finals to assess"), reports.get("final"), delivery, "ventures.evaluate", "?state=in_evaluation"),
        queue("show", _("To be shown"), by_state.get(State.EVALUATED), delivery, "ventures.show", "?state=evaluated"),
        queue("close", _("To close"), by_state.get(State.SHOWN), "desk_closures", "ventures.close"),
        queue("settle", _("Terminations to settle"), by_state.get(State.TERMINATING), "desk_closures", "ventures.terminate"),
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


# --- Lists ----------------------------------------------------------------------------------------------------------


def ventures(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures that `user` may see, by round, state, platform and a word of number, title or organization."""
    found = Venture.objects.visible_to(user)
    if filters.get("round"):
        found = found.filter(round=filters["round"])
    if filters.get("state"):
        found = found.filter(state=filters["state"])
    if filters.get("platform"):
        found = found.filter(platform=filters["platform"])
    if word := filters.get("q"):
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(organization__name__icontains=word)
        )
    return found.select_related(*ROW)


def to_screen(user: Any) -> QuerySet[Venture]:
    """Applications that wait for screening, the longest waiting first."""
    return Venture.objects.visible_to(user).filter(state=State.SUBMITTED).select_related(*ROW).order_by("submitted_at", "pk")


IN_DELIVERY = (
    State.AWARDED, State.IN_DELIVERY, State.MID_TERM, State.RECTIFYING, State.IN_EVALUATION, State.EVALUATED,
)  # fmt: skip


def in_delivery(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures between award and showcase, with what was held and how many came, against the plan."""
    from ventures.models import Activity

    # Two subqueries rather than a join: sums over a join count every row as often as the other table has rows.
    own = Activity.objects.filter(venture=OuterRef("pk")).order_by().values("venture")
    return (
        ventures(user, filters)
        .filter(state__in=IN_DELIVERY)
        .annotate(
            held=Subquery(own.annotate(n=Count("pk")).values("n")),
            came=Subquery(own.annotate(n=Sum("attendance")).values("n")),
        )
    )


def to_close(user: Any) -> QuerySet[Venture]:
    """Ventures in closure or whose termination is being settled."""
    return Venture.objects.visible_to(user).filter(state__in=[State.SHOWN, State.TERMINATING]).select_related(*ROW)


# --- Rounds ---------------------------------------------------------------------------------------------------------

NEXT_MOVE: Mapping[str, str] = {
    RoundState.PREPARING: "open",
    RoundState.OPEN: "close_call",
    RoundState.CALL_CLOSED: "begin_review",
    RoundState.IN_REVIEW: "publish",
    RoundState.ON_NOTICE: "begin_delivery",
    RoundState.IN_DELIVERY: "close",
}


@dataclass(frozen=True)
class Board:
    """A round as the desk sees it: ventures per state and money."""

    round: Round
    states: list[tuple[str, Any, int]]
    n: int
    awarded: Any

    @property
    def closes(self) -> str:
        """End of the call as people say it: 24:00 rather than 00:00 of the next day."""
        return moment(self.round.closes_at)


def board(user: Any) -> list[Board]:
    """All rounds with counts per state, in two queries."""
    return _boards(list(Round.objects.select_related("series")), Venture.objects.visible_to(user))


def board_of(round_: Round, user: Any) -> Board:
    """The same for one round."""
    return _boards([round_], Venture.objects.visible_to(user).filter(round=round_))[0]


def _boards(rounds: list[Round], seen: QuerySet[Venture]) -> list[Board]:
    rows = seen.order_by().values("round", "state").annotate(n=Count("pk"), money=total("awarded"))
    by_round: dict[int, dict[str, Any]] = {}
    for row in rows:
        by_round.setdefault(row["round"], {})[row["state"]] = row
    boards = []
    for round_ in rounds:
        counted = by_round.get(round_.pk, {})
        states = [(s.value, s.label, counted[s]["n"]) for s in State if s in counted]
        money = sum((r["money"] for r in counted.values()), 0)
        boards.append(Board(round_, states, sum(n for *__, n in states), money))
    return boards


def next_move(round_: Round) -> tuple[str, list[Line]]:
    """The round's next verb and its gates as a checklist; ("", []) when the round is completed."""
    verb = NEXT_MOVE.get(round_.state, "")
    return verb, checklist(round_, verb) if verb else []


def drafts_left(round_: Round) -> int:
    """Drafts that can lapse because the call is over."""
    return round_.ventures.filter(state=State.DRAFT).count() if now() > round_.closes_at else 0


def corrections_overdue(round_: Round) -> int:
    return round_.ventures.filter(state=State.RETURNED, correction_due_on__lt=today()).count()


# --- Notices --------------------------------------------------------------------------------------------------------


def notices(user: Any) -> QuerySet[Notice]:
    """Notices with their lines, and the ventures and objections still open on them, counted."""
    seen = Venture.objects.visible_to(user)
    open_ = Objection.objects.filter(notice=OuterRef("pk"), state__in=["filed", "admitted"]).order_by().values("notice")
    return (
        Notice.objects.filter(lines__venture__in=seen)
        .select_related("round__series")
        .annotate(
            n=Count("lines", distinct=True),
            waiting=Count("lines", filter=Q(lines__venture__state=State.ON_NOTICE), distinct=True),
            objections_open=Subquery(open_.annotate(n=Count("pk")).values("n")),
        )
        .order_by("-published_at")
    )


def rounds_to_publish() -> list[Round]:
    """Rounds with proposed ventures, with how many and how much."""
    return list(
        Round.objects.filter(ventures__state=State.PROPOSED)
        .select_related("series")
        .annotate(
            proposed=Count("ventures", filter=Q(ventures__state=State.PROPOSED)),
            money=total("ventures__awarded", filter=Q(ventures__state=State.PROPOSED)),
        )
    )
