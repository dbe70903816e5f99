"""What can be asked about the review. The number of SQL queries does not grow with ventures or experts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from reviews.flows import live_tasks
from reviews.models import PanelMember, Recusal, Result, Review, Score
from reviews.outcomes import Entry, Outcome, outcomes_of, tracks_of
from reviews.ranks import Contender, rank
from reviews.statistics import dropped_places
from reviews.visibility import known
from rounds.models import Round, RubricItem
from ventures.allotment import allotment_among
from ventures.models import Venture
from ventures.states import State

DECIDED = {State.RESERVE: Outcome.RESERVE, State.NOT_SELECTED: Outcome.DECLINE}
BREAKERS = (1, 2, 3)


class Mark(NamedTuple):
    """What expert `ordinal` (专家1 …) gave a venture: `total` is None while somebody of the panel is `missing`, and of
    who is recused."""

    ordinal: int
    total: Decimal | None
    dropped: bool
    recused: bool
    missing: bool


@dataclass(frozen=True)
class Ranked:
    """A line of the ranking. `rank` is None without a result; `tied`: a committee must decide who comes first.

    Before the selection `outcome` and `amount` (元) say what `select` would do now; afterwards what was decided.
    `amount` is None for who gets nothing.
    """

    venture: Venture
    result: Result | None
    rank: int | None
    tied: bool
    outcome: Outcome
    amount: Decimal | None
    scores: list[Mark]
    line_above: bool = False  # the money line runs above this row


def ranking(round: Round, *, chosen: Mapping[int, Decimal] | None = None) -> list[Ranked]:
    """The round's ventures that are or were in review, best first; those without a result last. 4 queries.

    Equals stand by number, which is for display only. `chosen` are amounts that a manager considers (venture id → 元).
    """
    ventures = list(
        round.ventures.filter(Exists(Review.objects.filter(venture=OuterRef("pk"))))
        .select_related("organization", "category", "result")
        .order_by("number", "pk")
    )
    marks = _marks(round)
    breakers = _breakers(round)
    results: dict[int, Result] = {v.pk: v.result for v in ventures if hasattr(v, "result")}
    means = {pk: r.mean for pk, r in results.items() if r.mean is not None}
    places = rank(
        Contender(v.pk, means[v.pk], tuple(breakers.get((v.pk, n), Fraction(0)) for n in BREAKERS), v.requested)
        for v in ventures
        if v.pk in means
    )
    left = allotment_among(round, ventures)
    line = outcomes_of(
        [
            Entry(v.pk, places[v.pk].rank, means[v.pk], most_for(v, round))
            for v in ventures
            if v.pk in means and v.state == State.IN_REVIEW
        ],
        budget=left.money,
        tracks=tracks_of(left),
        chosen=chosen or {},
    )

    def outcome(venture: Venture) -> Outcome:
        if venture.state != State.IN_REVIEW:
            return DECIDED.get(State(venture.state), Outcome.PROPOSE)
        if venture.pk not in results:
            return Outcome.OPEN
        return line.outcomes.get(venture.pk, Outcome.DECLINE)

    rows = [
        Ranked(
            venture=v,
            result=results.get(v.pk),
            rank=places[v.pk].rank if v.pk in places else None,
            tied=v.pk in places and places[v.pk].tied,
            outcome=outcome(v),
            amount=line.amounts.get(v.pk) if v.state == State.IN_REVIEW else v.awarded,
            scores=_struck(marks.get(v.pk, []), round),
        )
        for v in ventures
    ]
    return _with_line(sorted(rows, key=lambda r: (r.rank is None, r.rank or 0)))


def _with_line(rows: list[Ranked]) -> list[Ranked]:
    """The line runs below the last who gets something, when somebody stands below."""
    last = max((n for n, r in enumerate(rows) if r.outcome == Outcome.PROPOSE), default=-1)
    return [replace(r, line_above=n == last + 1) for n, r in enumerate(rows)]


def most_for(venture: Venture, round_: Round) -> Decimal:
    """The most a venture may get (元): what it asked for, never above the cap."""
    return min(venture.requested, round_.cap)


def _marks(round_: Round) -> dict[int, list[Mark]]:
    ordinals = dict(PanelMember.objects.filter(panel__round=round_).values_list("expert_id", "ordinal"))
    panels: dict[int, list[Review]] = {}
    for review in Review.objects.filter(venture__round=round_).only("venture_id", "expert_id", "state", "total"):
        panels.setdefault(review.venture_id, []).append(review)

    def mark(review: Review) -> Mark:
        return Mark(
            ordinals.get(review.expert_id, 0), review.total, False,
            recused=review.state == Review.State.RECUSED, missing=review.state == Review.State.ASSIGNED,
        )  # fmt: skip

    return {venture: sorted(map(mark, known(panel))) for venture, panel in panels.items()}


def _struck(marks: Sequence[Mark], round_: Round) -> list[Mark]:
    """The same with the highest and the lowest struck out, once everybody has scored."""
    if any(m.missing for m in marks):
        return list(marks)
    counted = [m for m in marks if m.total is not None]
    dropped = dropped_places(
        [m.total for m in counted if m.total is not None], min_scores=round_.min_scores, trim_from=round_.trim_from
    )
    struck = {counted[n].ordinal for n in dropped}
    return [m._replace(dropped=m.ordinal in struck) for m in marks]


def _breakers(round_: Round) -> dict[tuple[int, int], Fraction]:
    """(venture id, tie-break) → mean points of that criterion over all submitted scores, exact."""
    rows = (
        Score.objects.filter(
            review__venture__round=round_, review__state=Review.State.SUBMITTED, item__tie_break__in=BREAKERS
        )
        .values_list("review__venture_id", "item__tie_break")
        .annotate(points=Sum("points"), n=Count("pk"))
    )
    return {(venture, breaker): Fraction(points) / n for venture, breaker, points, n in rows}


def todo_of(expert: Any) -> list[Review]:
    """待办: what the expert has to score now, from the flow's live tasks, each with `since`. 2 queries."""
    tasks = live_tasks().filter(owner=expert).values_list("data", "assigned")
    since = {data["review"]: assigned for data, assigned in tasks}
    reviews = list(reviews_of(expert).filter(pk__in=since))
    for review in reviews:
        review.since = since[review.pk]
    return reviews


def reviews_of(expert: Any) -> QuerySet[Review]:
    """Every review that the expert was given, by number. A recused one is listed (that it was, not what): its venture
    is not visible to the expert. 1 query."""
    return (
        Review.objects.filter(expert=expert)
        .select_related("venture__organization", "venture__category", "venture__round__series", "venture__round__panel")
        .order_by("venture__number", "pk")
    )


class Answer(NamedTuple):
    """A criterion and the points given so far."""

    item: RubricItem
    points: Decimal | None


def sheet_of(review: Review) -> list[Answer]:
    """The score sheet of one review, in the order of the rubric. 2 queries."""
    points = dict(review.scores.values_list("item_id", "points"))
    items = RubricItem.objects.filter(round__ventures=review.venture_id)
    return [Answer(item, points.get(item.pk)) for item in items]


class Seat(NamedTuple):
    """How far a member of the panel is."""

    member: PanelMember
    assigned: int
    submitted: int
    recused: int


def progress(round: Round) -> list[Seat]:
    """Per member of the panel: reviews open, submitted, recused. 1 query."""

    def n(state: str) -> Count:
        of_round = Q(expert__reviews__venture__round=round, expert__reviews__state=state)
        return Count("expert__reviews", filter=of_round, distinct=True)

    states = Review.State
    members = (
        PanelMember.objects.filter(panel__round=round)
        .select_related("expert")
        .annotate(n_open=n(states.ASSIGNED), n_submitted=n(states.SUBMITTED), n_recused=n(states.RECUSED))
    )
    return [Seat(m, m.n_open, m.n_submitted, m.n_recused) for m in members]  # type: ignore[attr-defined]


class Declaration(NamedTuple):
    """A venture on which an expert may declare a conflict: who applies and with what, nothing of the file."""

    venture: Venture
    recused: bool


def declarations_of(expert: Any) -> list[Declaration]:
    """For the declaration before the review begins: accepted ventures of the rounds in whose panel the expert sits.

    Only number, title and organization are loaded and meant to be shown. 1 query.
    """
    ventures = (
        Venture.objects.filter(round__panel__members__expert=expert, state=State.ELIGIBLE)
        .annotate(is_recused=Exists(Recusal.objects.filter(venture=OuterRef("pk"), expert=expert)))
        .select_related("organization")
        .only("number", "title", "state", "organization__name")
        .order_by("number", "pk")
    )
    return [Declaration(v, v.is_recused) for v in ventures]  # type: ignore[attr-defined]
