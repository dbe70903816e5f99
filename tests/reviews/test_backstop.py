"""Beneath the code: the database refuses what page and action refuse."""

import pytest
from django.db import DatabaseError, transaction

from reviews import actions
from reviews.models import Review, Score

pytestmark = [pytest.mark.engines, pytest.mark.breaks]


def test_no_score_of_a_recused_expert_is_inserted(begun):
    p = begun(experts=3)
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
    review = p.review(0)
    Review.objects.filter(pk=review.pk).delete()
    with pytest.raises(DatabaseError, match="recused"), transaction.atomic():
        Review.objects.create(venture=p.ventures[0], expert=p.experts[0], state=Review.State.SUBMITTED, total=80)


def test_a_submitted_score_without_a_total_is_not_stored(begun):
    p = begun(experts=3)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(pk=p.review(0).pk).update(state=Review.State.SUBMITTED)


def test_the_points_of_a_submitted_score_are_neither_deleted_nor_taken_elsewhere(begun):
    p = begun(experts=3)
    score = p.submit(0).scores.first()
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        score.delete()
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(review=p.review(1))
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        Score.objects.create(review=score.review, item=score.item, points=1)
