"""An expert's work: points per criterion, kept as a draft, then submitted and locked."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed
from common.models import record
from common.normal_forms import plain_number
from common.text import clean
from common.work import outbox
from reviews.flows import finish, hand_out
from reviews.models import STEP, Result, Review, Score
from rounds.models import RubricItem
from ventures.models import Venture
from ventures.states import State

Points = Mapping[int, Decimal]


@transaction.atomic
def save_score(review: Review, *, by: Any, points: Points, comment: str = "") -> Review:
    """Keep a draft: criterion id → points, the whole sheet as it is now (a criterion left out is emptied).

    Raises as `submit_score`, except that criteria may be left out.
    """
    row = _open(review, by)
    _write(row, points, comment, complete=False)
    row.saved_at = now()
    row.save(update_fields=["comment", "saved_at"])
    return row


@transaction.atomic
def submit_score(review: Review, *, by: Any, points: Points, comment: str = "") -> Review:
    """Submit and lock. Every criterion has 0 … weight points in steps of 0.5; the total is their sum.

    The last score that was missing makes the Result. Raises NotAllowed (not the expert's own, or recused), Conflict
    (submitted already, review over), Invalid with `item_<id>` for each criterion that is missing or out of range.
    """
    # The venture's row is the queue: two last experts pass one after the other, and the second finds the join complete.
    Venture.objects.select_for_update(of=("self",)).get(pk=review.venture_id)
    row = _open(review, by)
    given = _write(row, points, comment, complete=True)
    row.total = sum(given.values(), Decimal(0))
    row.state, row.submitted_at = Review.State.SUBMITTED, now()
    row.save(update_fields=["comment", "total", "state", "submitted_at"])
    record(row, "submit_score", by=by, total=row.total)
    finish(row, outcome="submitted")
    return row


@transaction.atomic
def unlock(review: Review, *, by: Any, reason: str) -> Review:
    """Give a submitted score back to its expert, with a reason, until the selection is made.

    The points stay as a draft; a Result that was made is withdrawn until the score is in again. Raises NotAllowed,
    Invalid, Conflict.
    """
    if not by.has_perm("reviews.unlock", review):
        raise NotAllowed
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": [_("Say why the score is unlocked.")]})
    venture = Venture.objects.select_for_update(of=("self",)).get(pk=review.venture_id)
    row = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if venture.state != State.IN_REVIEW:
        raise Conflict(_decided(venture))
    if row.state != Review.State.SUBMITTED:
        raise Conflict(
            _("There is no submitted score to unlock: it is “%(state)s”.") % {"state": row.get_state_display()}
        )
    record(row, "unlock", by=by, note=reason, total=row.total)
    row.state, row.total, row.submitted_at = Review.State.ASSIGNED, None, None
    row.save(update_fields=["state", "total", "submitted_at"])
    Result.objects.filter(venture=venture).delete()
    hand_out(venture, [row])
    again = {"expert": row.expert_id, "round": str(venture.round), "reviews": [row.pk]}
    outbox.put("to_score", f"to_score_again:{row.pk}:{now():%Y%m%d%H%M%S%f}", again)
    return row


def _open(review: Review, by: Any) -> Review:
    """The review, locked, if `by` may score it now."""
    row = (
        Review.objects.select_for_update(of=("self",))
        .select_related("venture")
        .get(pk=review.pk)
    )  # fmt: skip
    if by.pk != row.expert_id:
        raise NotAllowed(_("Only the expert to whom it was given can score this."))
    if row.state == Review.State.RECUSED:
        raise NotAllowed(_("You are recused from this venture: you neither see nor score it."))
    if not by.has_perm("reviews.score", row):
        raise NotAllowed
    if row.state == Review.State.SUBMITTED:
        raise Conflict(_("Your score is submitted and locked. If it must be changed, ask the office to unlock it."))
    if row.venture.state != State.IN_REVIEW:
        raise Conflict(_decided(row.venture))
    return row


def _decided(venture: Venture) -> str:
    return _("The review of %(venture)s is over: it is “%(state)s”.") % {
        "venture": venture,
        "state": venture.get_state_display(),
    }


def _write(review: Review, points: Points, comment: str, *, complete: bool) -> dict[int, Decimal]:
    """Check and store the sheet; returns the points by criterion."""
    items = list(RubricItem.objects.filter(round=review.venture.round_id))
    given, found = _checked(items, points, complete)
    review.comment = clean(comment)
    limit = Review._meta.get_field("comment").max_length or 0
    if len(review.comment) > limit:
        found["comment"] = [_("%(n)s characters; at most %(max)s.") % {"n": len(review.comment), "max": limit}]
    if found:
        raise Invalid(found)
    if not complete:
        Score.objects.filter(review=review).exclude(item__in=given).delete()
    Score.objects.bulk_create(
        [Score(review=review, item_id=pk, points=value) for pk, value in given.items()],
        update_conflicts=True,
        unique_fields=["review", "item"],
        update_fields=["points"],
    )
    return given


def _checked(
    items: Iterable[RubricItem], points: Points, complete: bool
) -> tuple[dict[int, Decimal], dict[str, list[str]]]:
    left = dict(points)
    given: dict[int, Decimal] = {}
    found: dict[str, list[str]] = {}
    for item in items:
        if item.pk in left:
            typed = left.pop(item.pk)
            value = _number(typed)
            if value is None or not 0 <= value <= item.weight or value % STEP:
                found[f"item_{item.pk}"] = [
                    _("“%(item)s”: %(points)s is not possible; give 0 to %(weight)s points in steps of %(step)s.")
                    % {"item": item.label, "points": typed, "weight": item.weight, "step": STEP}
                ]
            else:
                given[item.pk] = value
        elif complete:
            found[f"item_{item.pk}"] = [
                _("“%(item)s” has no points yet; give 0 to %(weight)s points in steps of %(step)s.")
                % {"item": item.label, "weight": item.weight, "step": STEP}
            ]
    if left:
        found[""] = [
            ngettext(
                "%(n)s criterion does not belong to the rubric of this round.",
                "%(n)s criteria do not belong to the rubric of this round.",
                len(left),
            )
            % {"n": len(left)}
        ]
    return given, found


def _number(typed: Any) -> Decimal | None:
    try:
        value = Decimal(plain_number(str(typed)))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
