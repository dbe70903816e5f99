"""What the staff desk asks: lists, the board of rounds, what waits on a notice. Today's queues are in `today`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from common import deadlines
from common.clock import now, today
from common.machine.gates import ChecklistItem, checklist
from common.money import ZERO, total
from rounds.models import Round
from rounds.states import TABLE, RoundState
from ventures.desk import due_queries
from ventures.models import Venture
from ventures.states import AWARDED_STATES, PROPOSED_STATES, SELECTED_STATES, State
from ventures.visibility import in_state, knows_selection

ROW = ("round__series", "organization", "platform")


# --- Lists ----------------------------------------------------------------------------------------------------------


def ventures(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures that `user` may see, by round, state, platform and what is due. Words are looked for by `common.search`."""
    found = Venture.objects.visible_to(user)
    if filters.get("round"):
        found = found.filter(round=filters["round"])
    if filters.get("state"):
        found = found.filter(in_state(user, filters["state"]))
    if filters.get("platform"):
        found = found.filter(platform=filters["platform"])
    if filters.get("due"):
        found = due_queries.filtered(found, user, filters["due"])
    return found.select_related(*ROW)


# --- Rounds ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Board:
    """A round as the desk sees it: ventures per state and money."""

    round: Round
    states: list[tuple[str, Any, int]]
    n: int
    proposed: Decimal  # 元, nobody's yet
    awarded: Decimal  # 元

    @property
    def closes(self) -> str:
        """End of the call as people say it: 24:00 rather than 00:00 of the next day."""
        return deadlines.told(self.round.closes_at)


def rounds() -> QuerySet[Round]:
    return Round.objects.select_related("series")


def board(user: Any, rounds: list[Round]) -> list[Board]:
    """A page of rounds with counts per state, in one query. What it counts is what these rounds hold, whatever else
    there is."""
    return _boards(rounds, Venture.objects.visible_to(user).filter(round__in=rounds), user)


def board_of(round_: Round, user: Any) -> Board:
    """The same for one round."""
    return _boards([round_], Venture.objects.visible_to(user).filter(round=round_), user)[0]


def _boards(rounds: list[Round], seen: QuerySet[Venture], user: Any) -> list[Board]:
    rows = seen.order_by().values("round", "state").annotate(n=Count("pk"), money=total("awarded"))
    # Of these the reader counts what is selected as in review, and no sum.
    undecided = set() if knows_selection(user) else {r.pk for r in rounds if r.state == RoundState.IN_REVIEW}
    by_round: dict[int, dict[str, Any]] = {}
    for row in rows:
        is_hidden = row["round"] in undecided and row["state"] in SELECTED_STATES
        state = State.IN_REVIEW if is_hidden else row["state"]
        counted = by_round.setdefault(row["round"], {}).setdefault(state, {"n": 0, "money": 0})
        counted["n"] += row["n"]
        counted["money"] += 0 if is_hidden else row["money"]

    def sum_of(states: frozenset[State], counted: Mapping[str, Any]) -> Decimal:
        return sum((counted[s]["money"] for s in states if s in counted), ZERO)

    boards = []
    for round_ in rounds:
        counted = by_round.get(round_.pk, {})
        states = [(s.value, s.label, counted[s]["n"]) for s in State if s in counted]
        n = sum(n for *__, n in states)
        boards.append(Board(round_, states, n, sum_of(PROPOSED_STATES, counted), sum_of(AWARDED_STATES, counted)))
    return boards


def next_move(round_: Round, user: Any) -> tuple[str, list[ChecklistItem]]:
    """The round's next verb and its gates as a checklist, for who may know what the gates ask (whether the selection is
    made); ("", []) when the round is completed."""
    verb = TABLE[round_.state].next_move
    return verb, checklist(round_, verb) if verb and knows_selection(user) else []


def drafts_left(round_: Round) -> int:
    """Drafts that can lapse because the call is over."""
    return round_.ventures.filter(state=State.DRAFT).count() if now() > round_.closes_at else 0


def corrections_overdue(round_: Round) -> int:
    return round_.ventures.filter(state=State.RETURNED, correction_due_on__lt=today()).count()
