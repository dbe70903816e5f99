import pytest
from django.db import DatabaseError, transaction

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import JournalEntry
from organizations.models import Membership
from reviews import actions
from reviews.models import Panel, Recusal, Result, Review
from rounds.states import RoundState
from tests.factories import a_user, an_organization
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


# --- The panel --------------------------------------------------------------------------------------------------------


def test_experts_are_seated_in_the_given_order(prepared):
    p = prepared(experts=3)
    assert [(m.ordinal, m.expert) for m in Panel.objects.get().members.all()] == list(enumerate(p.experts, 1))


def test_a_panel_can_be_replaced_before_the_review_begins_but_not_after(prepared):
    p = prepared(experts=3)
    actions.set_panel(p.round, by=p.manager, experts=p.experts[::-1])
    assert [m.expert for m in Panel.objects.get().members.all()] == p.experts[::-1]
    p.begin()
    with pytest.raises(Conflict, match="can not be changed"):
        actions.set_panel(p.round, by=p.manager, experts=p.experts)


def test_only_active_experts_sit_in_a_panel_and_only_once(prepared):
    p = prepared(experts=3)
    clerk, gone = a_user(Role.CLERK, name="初审员"), a_user(Role.EXPERT, name="停用者", is_active=False)
    with pytest.raises(Invalid) as e:
        actions.set_panel(p.round, by=p.manager, experts=[clerk, gone, p.experts[0], p.experts[0]])
    assert len(e.value.fields["experts"]) == 3
    assert "初审员" in str(e.value)
    assert "停用者" in str(e.value)
    with pytest.raises(Invalid):
        actions.set_panel(p.round, by=p.manager, experts=[])


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.CLERK, Role.MANAGER}])
def test_others_can_not_set_the_panel_begin_or_note_conflicts_of_others(prepared, role):
    p = prepared(experts=3)
    user = a_user(role)
    with pytest.raises(NotAllowed):
        actions.set_panel(p.round, by=user, experts=p.experts)
    with pytest.raises(NotAllowed):
        actions.begin(p.round, by=user)
    with pytest.raises(NotAllowed):
        actions.recuse(p.ventures[0], expert=p.experts[0], by=user, reason="board")
    assert not Recusal.objects.exists()


# --- Recusal ----------------------------------------------------------------------------------------------------------


def test_an_expert_recuses_before_the_review_and_gets_no_task(prepared):
    p = prepared(experts=4)
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.experts[0], reason="board")
    p.begin()
    assert p.review(0).state == Review.State.RECUSED
    with pytest.raises(NotAllowed, match="recused"):
        p.submit(0)
    p.submit(1, 80)
    p.submit(2, 80)
    p.submit(3, 86)
    result = Result.objects.get()
    # three scores, plain mean: 246 / 3
    assert (result.mean, result.valid, result.recused) == (82, 3, 1)


def test_an_expert_can_not_recuse_a_colleague(begun):
    p = begun(experts=3)
    with pytest.raises(NotAllowed):
        actions.recuse(p.ventures[0], expert=p.experts[0], by=p.experts[1], reason="board")


def test_the_last_open_expert_is_recused_and_the_result_is_made_of_the_others(begun):
    p = begun(experts=4)
    for n, total in enumerate((90, 80, 70)):
        p.submit(n, total)
    assert not Result.objects.exists()
    actions.recuse(p.ventures[0], expert=p.experts[3], by=p.manager, reason="relative")
    result = Result.objects.get()
    assert (result.mean, result.valid, result.recused) == (80, 3, 1)


def test_a_recusal_in_between_leaves_the_join_to_the_others(begun):
    p = begun(experts=4)
    p.submit(0, 90)
    actions.recuse(p.ventures[0], expert=p.experts[1], by=p.experts[1], reason="other", note="合作过")
    p.submit(2, 80)
    assert not Result.objects.exists()
    p.submit(3, 70)
    assert Result.objects.get().mean == 80


def test_when_everybody_recuses_there_is_no_result(begun):
    p = begun(experts=3)
    for expert in p.experts:
        actions.recuse(p.ventures[0], expert=expert, by=expert, reason="board")
    result = Result.objects.get()
    assert (result.mean, result.valid, result.recused) == (None, 0, 3)


def test_recusal_throws_the_draft_away(begun):
    p = begun(experts=3)
    review = p.review(0)
    item = p.round.rubric.first()
    actions.save_score(review, by=p.experts[0], points={item.pk: 5}, comment="草稿")
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.experts[0], reason="board")
    review.refresh_from_db()
    assert (review.state, review.comment, review.scores.count()) == (Review.State.RECUSED, "", 0)


def test_after_submission_the_score_must_be_unlocked_first(begun):
    p = begun(experts=3)
    p.submit(0)
    with pytest.raises(Conflict, match="unlock it first"):
        actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
    actions.unlock(p.review(0), by=p.manager, reason="发现关联关系")
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
    assert p.review(0).state == Review.State.RECUSED


def test_a_recusal_needs_a_seat_a_known_reason_and_words_for_another_one(begun):
    p = begun(experts=3)
    venture, expert = p.ventures[0], p.experts[0]
    with pytest.raises(Invalid) as e:
        actions.recuse(venture, expert=a_user(Role.EXPERT), by=p.manager, reason="whatever")
    assert set(e.value.fields) == {"expert", "reason"}
    with pytest.raises(Invalid) as e:
        actions.recuse(venture, expert=expert, by=p.manager, reason="other", note="  ")
    assert set(e.value.fields) == {"note"}
    with pytest.raises(Invalid, match="201"):
        actions.recuse(venture, expert=expert, by=p.manager, reason="board", note="长" * 201)
    actions.recuse(venture, expert=expert, by=p.manager, reason="board")
    with pytest.raises(Conflict):
        actions.recuse(venture, expert=expert, by=p.manager, reason="board")


def test_a_stranger_to_the_panel_learns_nothing_by_recusing(begun):
    p = begun(experts=3)
    stranger = a_user(Role.EXPERT)
    with pytest.raises(NotAllowed):
        actions.recuse(p.ventures[0], expert=stranger, by=stranger, reason="board")


def test_a_recusal_is_journalled(begun):
    p = begun(experts=3)
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board", note="理事")
    entry = JournalEntry.objects.get(verb="recuse")
    assert (entry.by_id, entry.note, entry.facts["reason"]) == (p.manager.pk, "理事", "board")


def test_the_database_refuses_the_score_of_a_recused_expert(begun):
    p = begun(experts=3)
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
    review = p.review(0)
    review.state, review.total = Review.State.SUBMITTED, 80
    with pytest.raises(DatabaseError, match="recused"), transaction.atomic():
        review.save()


def test_the_database_refuses_a_recusal_beside_a_submitted_score(begun):
    p = begun(experts=3)
    p.submit(0)
    with pytest.raises(DatabaseError, match="recused"), transaction.atomic():
        Recusal.objects.create(venture=p.ventures[0], expert=p.experts[0], reason="board")


# --- Begin ------------------------------------------------------------------------------------------------------------


def test_begin_moves_the_round_and_every_eligible_venture(prepared):
    p = prepared(experts=3, ventures=3)
    assert [v.pk for v in actions.begin(p.round, by=p.manager)] == [v.pk for v in p.ventures]
    p.refresh()
    assert p.round.state == RoundState.IN_REVIEW
    assert {v.state for v in p.ventures} == {State.IN_REVIEW}
    assert Review.objects.filter(state=Review.State.ASSIGNED).count() == 9


def test_begin_needs_a_panel_of_as_many_experts_as_a_result_needs_scores(prepared):
    p = prepared(experts=2)
    with pytest.raises(NotReady, match=r"2.*3"):
        p.begin()
    p = prepared(experts=0)
    with pytest.raises(NotReady):
        p.begin()
    p.refresh()
    assert p.round.state == RoundState.CALL_CLOSED


def test_begin_names_every_venture_with_too_few_experts_without_conflict(prepared):
    p = prepared(experts=3, ventures=3)
    for n in (0, 2):
        actions.recuse(p.ventures[n], expert=p.experts[n], by=p.experts[n], reason="board")
    with pytest.raises(NotReady) as e:
        p.begin()
    assert len(e.value.reasons) == 2
    assert p.ventures[0].title in e.value.reasons[0]
    assert p.ventures[2].title in e.value.reasons[1]
    p.refresh()
    assert p.round.state == RoundState.CALL_CLOSED
    assert not Review.objects.exists()


def test_members_and_employees_of_an_applicant_are_recused_by_the_records(prepared):
    p = prepared(experts=5)
    organization = p.ventures[0].organization
    Membership.objects.create(user=p.experts[0], organization=organization)
    organization.name = "平湖市阳光社工（林埭镇）"
    organization.save()
    p.experts[1].unit = "平湖市阳光社工 (林埭镇)"  # the same unit, in other brackets and with a blank
    p.experts[1].save()
    Membership.objects.create(user=p.experts[2], organization=an_organization())
    p.begin()
    states = [p.review(n).state for n in range(5)]
    assert states == ["recused", "recused", "assigned", "assigned", "assigned"]


def test_begin_happens_once(begun):
    p = begun(experts=3)
    with pytest.raises(Conflict):
        actions.begin(p.round, by=p.manager)
