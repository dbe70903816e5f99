from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch

from reports.queries.scope import Scope
from reviews.models import PanelMember, Review, Score
from reviews.visibility import known
from rounds.models import RubricItem


@dataclass(frozen=True)
class Marks:
    """The panel's scores. Experts are places on the panel (1…n), never names.

    `ventures`: one row per venture in review or beyond, best first. `lines`: one row per venture and expert.
    Marks of a venture stay out until every expert who is not recused has submitted (`reviews.visibility.known`).
    """

    experts: tuple[int, ...]
    rubric: list[RubricItem]
    ventures: list[dict[str, Any]]
    lines: list[dict[str, Any]]


def marks(scope: Scope) -> Marks:
    """评分汇总表 and 评分明细. 5 queries."""
    places = dict(
        PanelMember.objects.filter(panel__round=scope.round).order_by("ordinal").values_list("expert_id", "ordinal")
    )
    rubric = list(scope.round.rubric.all())
    reviews = Review.objects.order_by("pk").prefetch_related(Prefetch("scores", Score.objects.order_by("pk")))
    ventures = list(
        scope.ventures()
        .filter(Exists(Review.objects.filter(venture=OuterRef("pk"))))
        .select_related("organization", "result")
        .prefetch_related(Prefetch("reviews", reviews))
        .order_by(F("rank").asc(nulls_last=True), "number", "pk")
    )
    for venture in ventures:
        for review in venture.reviews.all():
            # Someone who has left the panel keeps a column of his own behind it.
            places.setdefault(review.expert_id, max(places.values(), default=0) + 1)
    rows, lines = [], []
    for venture in scope.known(ventures):
        by_place = sorted((places[r.expert_id], r) for r in known(venture.reviews.all()))
        rows.append(_venture(venture, by_place))
        lines += [_line(venture, place, review) for place, review in by_place]
    return Marks(tuple(sorted(places.values())), rubric, rows, lines)


def _venture(venture: Any, by_place: list[tuple[int, Review]]) -> dict[str, Any]:
    result = getattr(venture, "result", None)
    row: dict[str, Any] = {
        "number": venture.number,
        "title": venture.title,
        "organization": venture.organization.name,
        "recused": sum(r.state == Review.State.RECUSED for _, r in by_place),
        "mean": result.mean if result else None,
        "rank": venture.rank,
        "state": venture.state,
        "proposed": venture.awarded,
        "is_complete": result is not None,
        "is_demo": venture.is_demo,
    }
    for place, review in by_place:
        row[f"expert{place}"] = "回避" if review.state == Review.State.RECUSED else review.total
    return row


def _line(venture: Any, place: int, review: Review) -> dict[str, Any]:
    recused = review.state == Review.State.RECUSED
    row: dict[str, Any] = {
        "number": venture.number,
        "title": venture.title,
        "expert": place,
        "remark": "回避" if recused else "",
        "is_demo": venture.is_demo,
    }
    return row if recused else row | {f"item{s.item_id}": s.points for s in review.scores.all()}
