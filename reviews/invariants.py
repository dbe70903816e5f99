"""Laws of the review: points, results, ranks, the selection."""

from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Floor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from common.models import JournalEntry
from reviews import invariants_tasks  # noqa: F401  (its law)
from reviews.models import STEP, PanelMember, Recusal, Review, Score
from reviews.ranks import Contender, rank
from reviews.statistics import summarize
from rounds.models import RubricItem
from ventures.models import Venture
from ventures.states import SELECTION_VERBS, State

ASSIGNED, SUBMITTED, RECUSED = Review.State.ASSIGNED, Review.State.SUBMITTED, Review.State.RECUSED
BREAKERS = (1, 2, 3)
NOT_PLACED = {
    State.DRAFT, State.LAPSED, State.SUBMITTED, State.RETURNED, State.NOT_ACCEPTED, State.ELIGIBLE, State.IN_REVIEW,
}  # fmt: skip


@invariant(gettext_lazy("A submitted total is the sum of points for every criterion, each within its weight"))
def a_submitted_total_is_the_sum_of_its_points() -> Violations:
    """12.5 of 15 for 需求分析, 8 of 10 for 目标与成效 …: eight criteria of eight, together 84.50. 15.5 of 15, 8.3 of 10 or a
    criterion of another round do not count."""
    items = RubricItem.objects.filter(round=OuterRef("venture__round")).order_by().values("round")
    sheets = Review.objects.filter(state=SUBMITTED).annotate(
        sum=Sum("scores__points"), n=Count("scores"), items=Subquery(items.values(n=Count("pk")))
    )
    for sheet in sheets.exclude(total=F("sum"), n=F("items")).select_related("venture", "expert").iterator():
        yield sheet, _("the total is %(total)s, the points for %(n)s of %(items)s criteria add up to %(sum)s.") % {
            "total": sheet.total, "n": sheet.n, "items": sheet.items, "sum": sheet.sum,
        }  # fmt: skip
    steps = F("points") / STEP
    wrong = Q(points__lt=0) | Q(points__gt=F("item__weight")) | ~Q(steps=Floor("steps"))
    strange = Score.objects.annotate(steps=steps).filter(wrong | ~Q(item__round=F("review__venture__round")))
    for score in strange.select_related("item", "review__venture", "review__expert").iterator():
        yield score.review, _("%(points)s points are not possible for “%(item)s”.") % {
            "points": score.points, "item": score.item,
        }  # fmt: skip


@invariant(gettext_lazy("The result of a venture is what the submitted scores come to"))
def a_result_is_what_the_scores_come_to() -> Violations:
    """90, 84.5, 84, 80, 70 from five experts: 90 and 70 are dropped, the mean is 82.83. While a score is missing there is
    no result."""
    columns = (
        "venture", "state", "total", "venture__round__min_scores", "venture__round__trim_from", "venture__result",
        *(f"venture__result__{name}" for name in ("valid", "recused", "dropped_high", "dropped_low", "mean")),
    )  # fmt: skip
    rows = Review.objects.order_by("venture", "pk").values_list(*columns, named=True)
    for venture, grouped in groupby(rows.iterator(), key=lambda row: row.venture):
        sheets = list(grouped)
        due, stored = _due_result(sheets), _stored_result(sheets[0])
        if due != stored:
            yield f"ventures.venture {venture}", _("stored is %(stored)s, the scores come to %(due)s.") % {
                "stored": stored, "due": due,
            }  # fmt: skip


def _due_result(sheets: list[Any]) -> tuple[Any, ...] | None:
    """valid, recused, dropped high and low, mean; None while somebody has still to score."""
    if any(sheet.state == ASSIGNED for sheet in sheets):
        return None
    totals = [sheet.total for sheet in sheets if sheet.state == SUBMITTED and sheet.total is not None]
    found = summarize(
        totals, min_scores=sheets[0].venture__round__min_scores, trim_from=sheets[0].venture__round__trim_from
    )
    return (found.valid, len(sheets) - len(totals), found.dropped_high, found.dropped_low, found.mean)


def _stored_result(sheet: Any) -> tuple[Any, ...] | None:
    if sheet.venture__result is None:
        return None
    return tuple(
        getattr(sheet, f"venture__result__{name}")
        for name in ("valid", "recused", "dropped_high", "dropped_low", "mean")
    )


@invariant(gettext_lazy("A placed venture has the score of its panel"))
def a_placed_venture_has_the_score_of_its_panel() -> Violations:
    """The panel's scores came to 82.83, and it was proposed with 82.83. Without a result there is no score."""
    placed = Venture.objects.exclude(state__in=NOT_PLACED)
    same = Q(score=F("result__mean")) | Q(score=None, result__mean=None)
    for venture in placed.exclude(same).annotate(mean=F("result__mean")).iterator():
        yield venture, _("its score is %(score)s, the result %(mean)s.") % {
            "score": venture.score, "mean": venture.mean,
        }  # fmt: skip


@invariant(gettext_lazy("Ranks follow the scores, and equals share one"))
def ranks_follow_the_scores() -> Violations:
    """88.00, 85.50, 85.50, 80.00 are ranks 1, 2, 3, 4 when 方案可行性 parts the two, and 1, 2, 2, 4 when nothing does."""
    sums = {f"sum_{n}": Sum("reviews__scores__points", filter=Q(reviews__scores__item__tie_break=n)) for n in BREAKERS}
    counts = {
        f"n_{n}": Count("reviews__scores__points", filter=Q(reviews__scores__item__tie_break=n)) for n in BREAKERS
    }
    ranked = (
        Venture.objects.exclude(result__mean=None)
        .exclude(result=None)
        .annotate(mean=F("result__mean"), **sums, **counts)
        .order_by("round", "pk")
    )
    for _round, grouped in groupby(ranked.iterator(), key=lambda v: v.round_id):
        ventures = list(grouped)
        places = rank(_contender(v) for v in ventures)
        for venture in ventures:
            if venture.state not in NOT_PLACED and venture.rank != places[venture.pk].rank:
                yield venture, _("it has rank %(rank)s, by its score %(due)s.") % {
                    "rank": venture.rank, "due": places[venture.pk].rank,
                }  # fmt: skip


def _contender(venture: Any) -> Contender:
    means = (Fraction(getattr(venture, f"sum_{n}") or 0) / (getattr(venture, f"n_{n}") or 1) for n in BREAKERS)
    return Contender(venture.pk, venture.mean, tuple(means), venture.requested)


@invariant(gettext_lazy("Nobody in reserve is passed over, and nobody below the pass mark is awarded"))
def nobody_in_reserve_is_passed_over() -> Violations:
    """Ranks 1 to 10 are proposed, 11 and 12 wait. An award is cancelled: 11 moves up, not 12, and not 30 with 58.00 points
    where 60 is the pass mark."""
    behind = Venture.objects.filter(round=OuterRef("round"), awarded__isnull=False, rank__gt=OuterRef("rank"))
    for venture in Venture.objects.filter(Exists(behind), state=State.RESERVE).iterator():
        yield venture, _("it waits with rank %(rank)s while somebody behind it is awarded.") % {"rank": venture.rank}
    for venture in Venture.objects.exclude(awarded=None).filter(score__lt=F("round__pass_mark")).iterator():
        yield venture, _("it is awarded with %(score)s points.") % {"score": venture.score}


@invariant(gettext_lazy("Whoever is recused has no points, and the recusal is on record"))
def a_recused_expert_has_no_score() -> Violations:
    """评审专家甲 is on the board of the organization: recused from HC2020-002, no points there, and no draft of them."""
    recusal = Exists(Recusal.objects.filter(venture=OuterRef("venture"), expert=OuterRef("expert")))
    points = Exists(Score.objects.filter(review=OuterRef("pk")))
    recused = Q(state=RECUSED)
    wrong = recused & (~Q(recusal) | Q(points) | Q(total__isnull=False)) | ~recused & Q(recusal)
    for sheet in Review.objects.filter(wrong).select_related("venture", "expert").iterator():
        yield sheet, _("the sheet is “%(state)s”, the recusals and points say otherwise.") % {
            "state": sheet.get_state_display(),
        }  # fmt: skip


@invariant(gettext_lazy("Every member of the panel has a score sheet for each venture in review, and nobody else"))
def the_whole_panel_reviews_each_venture() -> Violations:
    """A panel of seven and ten ventures: seventy sheets, two of them of recused experts."""
    reviewed = Venture.objects.filter(Exists(Review.objects.filter(venture=OuterRef("pk"))))
    sheet = Review.objects.filter(venture=OuterRef("pk"), expert=OuterRef("round__panel__members__expert"))
    seats = reviewed.filter(~Exists(sheet), round__panel__members__isnull=False)
    for venture in seats.annotate(name=F("round__panel__members__expert__name")).iterator():
        yield venture, _("%(name)s of the panel has no score sheet for it.") % {"name": venture.name}
    seat = PanelMember.objects.filter(expert=OuterRef("expert"), panel__round=OuterRef("venture__round"))
    for strange in Review.objects.filter(~Exists(seat)).select_related("venture", "expert").iterator():
        yield strange.venture, _("%(name)s has a score sheet and does not sit in the panel.") % {"name": strange.expert}
    placed = Venture.objects.exclude(state__in=NOT_PLACED).values("pk")
    open_ = Review.objects.filter(state=ASSIGNED, venture__in=placed).select_related("venture", "expert")
    for sheet_ in open_.iterator():
        yield sheet_.venture, _("it is placed, and %(name)s has not scored.") % {"name": sheet_.expert}


@invariant(gettext_lazy("Who has scored in a round has not chosen in it"))
def who_has_scored_has_not_chosen() -> Violations:
    """审批负责人 proposes what seven experts have scored. Had he been one of them last week, he would choose by himself."""
    scored = Review.objects.filter(
        expert=OuterRef("by_id"), state=SUBMITTED, venture__round__ventures=OuterRef("subject_id")
    )
    lines = JournalEntry.objects.filter(subject_kind="ventures.venture", verb__in=SELECTION_VERBS)
    for line in lines.filter(Exists(scored)).iterator():
        yield f"{line.subject_kind} {line.subject_id}", _("%(name)s has scored and chosen in this round.") % {
            "name": line.by_name,
        }  # fmt: skip
