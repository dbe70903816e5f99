"""评审: the panel, recusals, scores, and the selection by rank and money."""

from decimal import Decimal
from typing import Any

from common import clock
from common.money import ZERO
from reviews import actions as reviews
from reviews.models import Review
from reviews.outcomes import Outcome
from reviews.queries import most_for, ranking
from rounds.models import Round
from simulation.scene import Part, Scene, must_be_refused
from simulation.stages.call import refresh
from ventures.states import State

COMMENT = "项目需求真实，方案可行。（演示数据）"


def begin(scene: Scene) -> None:
    manager = scene.cast.manager
    with scene.at("panel_on"):
        reviews.set_panel(
            scene.round,
            by=manager,
            experts=[scene.cast[name] for name in scene.story.panel],
            due_at=scene.calendar.at("scores_due_at"),
        )
    for part in scene.on_desk("panel_on", State.ELIGIBLE):
        recuse(scene, part, before=True)
    with scene.at("review_begins_on"):
        reviews.begin(scene.round, by=manager)
        refresh(scene, State.ELIGIBLE)


def recuse(scene: Scene, part: Part, *, before: bool) -> None:
    for story in part.story.recused if before else part.story.recused_during:
        expert = scene.cast[story.expert]
        reviews.recuse(part.venture, expert=expert, by=expert, reason=story.reason, note=story.note)


def score(scene: Scene) -> None:
    """Expert after expert, each through the ventures in their order; a recused one tries in vain."""
    in_review = [p for p in scene.parts if p.state == State.IN_REVIEW]
    for nth, part in enumerate(in_review):
        with clock.at(scene.calendar.between("review_begins_on", "scored_from", nth, len(in_review))):
            recuse(scene, part, before=False)
    rows = Review.objects.filter(venture__in=[p.venture for p in in_review])
    work = {(r.expert.username, r.venture_id): r for r in rows.select_related("expert", "venture")}
    pairs = [(expert, part) for expert in scene.story.panel for part in in_review]
    last = "scored_until" if "scored_until" in scene.calendar else "scores_due_at"
    for nth, (expert, part) in enumerate(pairs):
        with clock.at(scene.calendar.between("scored_from", last, nth, len(pairs))):
            review, row = work[expert, part.venture.pk], part.story.scores.get(expert)
            recused = any(r.expert == expert for r in (*part.story.recused, *part.story.recused_during))
            if row is None and not recused:
                continue  # left to score, in a round that is still in review
            points = dict(zip((item.pk for item in scene.rubric), row or [Decimal(0)] * len(scene.rubric), strict=True))
            facts: dict[str, Any] = {"review": review, "by": scene.cast[expert], "points": points, "comment": COMMENT}
            if recused:
                must_be_refused(reviews.submit_score, **facts)
            else:
                reviews.submit_score(**facts)


def select(scene: Scene) -> None:
    """Propose down the ranking while the money and the places last; at a tie for the last of it a committee decides."""
    amounts = {p.venture.pk: p.story.awarded for p in scene.parts if p.state == State.IN_REVIEW and p.story.awarded}
    with scene.at("selected_on"):
        amounts |= decide_ties(scene.round, amounts)
        reviews.select(scene.round, by=scene.cast.manager, amounts=amounts or None)
        refresh(scene, State.IN_REVIEW)


def decide_ties(round_: Round, amounts: dict[int, Decimal]) -> dict[int, Decimal]:
    """The committee of the play takes the tied in the order of their numbers, as far as money and places reach."""
    rows = ranking(round_, chosen=amounts)
    given = [r.amount for r in rows if r.outcome == Outcome.PROPOSE and r.amount is not None]
    left, places = round_.budget - sum(given, ZERO), round_.quota - len(given)
    chosen: dict[int, Decimal] = {}
    for row in rows:
        most = most_for(row.venture, round_)
        if row.outcome == Outcome.TIE and most <= left and places > 0:
            chosen[row.venture.pk] = most
            left, places = left - most, places - 1
    return chosen
