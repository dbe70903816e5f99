from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.actors import SYSTEM
from common.models import JournalEntry
from reviews import actions
from reviews.models import Result, Review, Score
from tests.factories import a_round, a_user
from tests.reviews.steps import sheet
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def item(p, label):
    return p.round.rubric.get(label=label)


def test_a_submitted_score_is_the_sum_of_its_points(begun):
    p = begun(experts=3)
    points = dict(
        zip(
            [i.pk for i in p.round.rubric.all()],
            map(Decimal, ("12", "8.5", "16", "11.5", "12", "7", "4", "9.5")),
            strict=True,
        )
    )
    review = actions.submit_score(p.review(0), by=p.experts[0], points=points, comment=" 可行。 ")
    review.refresh_from_db()
    # 12 + 8.5 + 16 + 11.5 + 12 + 7 + 4 + 9.5
    assert (review.total, review.state, review.comment) == (Decimal("80.5"), "submitted", "可行。")
    assert review.submitted_at is not None
    assert dict(review.scores.values_list("item_id", "points")) == points


def test_the_full_and_the_empty_sheet_are_possible(begun):
    p = begun(experts=3)
    assert p.submit(0, 100).total == 100
    assert p.submit(1, 0).total == 0


@pytest.mark.parametrize("points", ["20.5", "-0.5", "7.25", "19.9", "NaN", "Infinity", "many", ""])
def test_points_outside_the_range_or_the_steps_are_told_at_the_criterion_with_the_numbers(begun, points):
    p = begun(experts=3)
    feasible = item(p, "方案可行性")
    given = {**sheet(p.round, 60), feasible.pk: points}
    for act in (actions.submit_score, actions.save_score):
        with pytest.raises(Invalid) as e:
            act(p.review(0), by=p.experts[0], points=given)
        assert list(e.value.fields) == [f"item_{feasible.pk}"]
        sentence = e.value.fields[f"item_{feasible.pk}"][0]
        assert all(word in sentence for word in ("方案可行性", points, "0 to 20", "0.5"))
    assert not Score.objects.exists()


def test_every_criterion_must_be_answered_before_submission(begun):
    p = begun(experts=3)
    given = sheet(p.round, 60)
    left_out = [item(p, "创新性").pk, item(p, "党建引领").pk]
    for pk in left_out:
        del given[pk]
    with pytest.raises(Invalid) as e:
        actions.submit_score(p.review(0), by=p.experts[0], points=given)
    assert set(e.value.fields) == {f"item_{pk}" for pk in left_out}
    assert "0 to 10" in str(e.value)
    assert p.review(0).state == "assigned"


def test_criteria_of_another_round_are_refused(begun):
    p = begun(experts=3)
    foreign = a_round().rubric.first()
    with pytest.raises(Invalid):
        actions.submit_score(p.review(0), by=p.experts[0], points={**sheet(p.round), foreign.pk: 1})


def test_a_comment_may_have_1000_characters(begun):
    p = begun(experts=3)
    with pytest.raises(Invalid, match=r"1001.*1000"):
        actions.submit_score(p.review(0), by=p.experts[0], points=sheet(p.round), comment="长" * 1001)
    actions.submit_score(p.review(0), by=p.experts[0], points=sheet(p.round), comment="长" * 1000)


def test_a_draft_may_be_incomplete_and_replaces_the_one_before(begun):
    p = begun(experts=3)
    a, b = item(p, "需求分析"), item(p, "创新性")
    actions.save_score(p.review(0), by=p.experts[0], points={a.pk: Decimal(10), b.pk: Decimal(5)}, comment="一")
    actions.save_score(p.review(0), by=p.experts[0], points={a.pk: Decimal("10.5")}, comment="二")
    review = p.review(0)
    assert dict(review.scores.values_list("item_id", "points")) == {a.pk: Decimal("10.5")}
    assert (review.state, review.comment, review.total) == ("assigned", "二", None)


def test_a_submitted_score_is_locked(begun):
    p = begun(experts=3)
    p.submit(0)
    for act in (actions.submit_score, actions.save_score):
        with pytest.raises(Conflict, match="locked"):
            act(p.review(0), by=p.experts[0], points=sheet(p.round, 90))
    assert p.review(0).total == 80


def test_the_database_locks_a_submitted_score_too(begun):
    p = begun(experts=3)
    review = p.submit(0)
    score = review.scores.first()
    score.points = 1
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        score.save()
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(total=99)


def test_nobody_scores_for_somebody_else(begun):
    p = begun(experts=3)
    others = [p.experts[1], p.manager, a_user(Role.CLERK), a_user(Role.ADMIN), a_user(Role.APPLICANT), SYSTEM]
    for user in others:
        for act in (actions.submit_score, actions.save_score):
            with pytest.raises(NotAllowed):
                act(p.review(0), by=user, points=sheet(p.round))


def test_an_expert_who_has_left_does_not_score(begun):
    p = begun(experts=3)
    p.experts[0].is_active = False
    p.experts[0].save()
    with pytest.raises(NotAllowed):
        p.submit(0)


def test_the_last_score_makes_the_result(begun):
    p = begun(experts=5)
    p.score((90, 85, 80, 75))
    assert not Result.objects.exists()
    p.submit(4, 60)
    result = Result.objects.get()
    assert (result.mean, result.valid, result.dropped_high, result.dropped_low) == (80, 5, 90, 60)


def test_too_few_scores_are_no_result(begun):
    p = begun(experts=3)
    p.submit(0, 90)
    p.submit(1, 90)
    actions.recuse(p.ventures[0], expert=p.experts[2], by=p.manager, reason="board")
    result = Result.objects.get()
    assert (result.mean, result.valid) == (None, 2)


def test_scoring_moves_no_venture(begun):
    p = begun(experts=3)
    p.score((90, 90, 90))
    assert Venture.objects.get().state == State.IN_REVIEW
    assert not JournalEntry.objects.filter(subject_kind="ventures.venture").exclude(verb="begin_review").exists()


# --- Unlocking --------------------------------------------------------------------------------------------------------


def test_an_unlocked_score_keeps_its_points_and_can_be_submitted_again(begun):
    p = begun(experts=3)
    p.score((90, 80))
    actions.unlock(p.review(0), by=p.manager, reason="误点提交")
    review = p.review(0)
    assert (review.state, review.total, review.submitted_at) == ("assigned", None, None)
    assert sum(review.scores.values_list("points", flat=True)) == 90
    p.submit(2, 70)
    assert not Result.objects.exists()
    p.submit(0, 60)
    # (60 + 80 + 70) / 3
    assert Result.objects.get().mean == 70


def test_unlocking_after_the_result_withdraws_it_until_the_score_is_in_again(begun):
    p = begun(experts=3)
    p.score((90, 80, 70))
    actions.unlock(p.review(1), by=p.manager, reason="漏看附件")
    assert not Result.objects.exists()
    p.submit(1, 95)
    # (90 + 95 + 70) / 3
    assert Result.objects.get().mean == 85
    assert JournalEntry.objects.filter(verb="consolidate").count() == 2


def test_two_unlocked_scores_are_both_waited_for(begun):
    p = begun(experts=3)
    p.score((90, 80, 70))
    for n in (0, 1):
        actions.unlock(p.review(n), by=p.manager, reason="复核")
    p.submit(1, 60)
    assert not Result.objects.exists()
    p.submit(0, 80)
    assert Result.objects.get().mean == 70


def test_unlocking_needs_a_reason_a_submitted_score_and_staff(begun):
    p = begun(experts=3)
    with pytest.raises(Conflict):
        actions.unlock(p.review(0), by=p.manager, reason="误点")
    p.submit(0)
    with pytest.raises(Invalid):
        actions.unlock(p.review(0), by=p.manager, reason=" ")
    for user in (p.experts[0], p.experts[1], a_user(Role.FINANCE), a_user(Role.SUPERVISOR), a_user(Role.ADMIN)):
        with pytest.raises(NotAllowed):
            actions.unlock(p.review(0), by=user, reason="误点")
    actions.unlock(p.review(0), by=a_user(Role.CLERK), reason="误点")
    entry = JournalEntry.objects.get(verb="unlock")
    assert (entry.note, entry.facts["total"]) == ("误点", "80.00")


def test_after_the_selection_nothing_is_scored_or_unlocked(begun):
    p = begun(experts=3)
    p.score((90, 80, 70))
    actions.select(p.round, by=p.manager)
    with pytest.raises(Conflict):
        actions.unlock(p.review(0), by=p.manager, reason="误点")
    with pytest.raises(Conflict):
        actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
