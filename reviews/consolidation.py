"""From the panel's scores to the Result of a venture. Called by the last node of the flow."""

from common.machine.actors import SYSTEM
from common.models import record
from reviews.models import Result, Review
from reviews.statistics import summarize
from rounds.models import Round


def consolidate(venture_id: int) -> Result | None:
    """Write the Result once nobody is left to score; None while a score is open (one that was unlocked).

    The Result is unique per venture in the database: a second consolidation of the same scores can not be stored.
    """
    reviews = list(Review.objects.filter(venture_id=venture_id))
    if any(r.state == Review.State.ASSIGNED for r in reviews):
        return None
    round_ = Round.objects.get(ventures=venture_id)
    totals = [r.total for r in reviews if r.state == Review.State.SUBMITTED and r.total is not None]
    summary = summarize(totals, min_scores=round_.min_scores, trim_from=round_.trim_from)
    result = Result.objects.create(
        venture_id=venture_id,
        valid=summary.valid,
        recused=len(reviews) - len(totals),
        dropped_high=summary.dropped_high,
        dropped_low=summary.dropped_low,
        mean=summary.mean,
    )
    record(result, "consolidate", by=SYSTEM, valid=summary.valid, mean=summary.mean)
    return result
