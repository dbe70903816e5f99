"""What is asked, how many SQL queries it costs at one and at three rows, and who sees what."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Notification, Role
from common.work.outbox import drain
from reviews import actions
from reviews.models import Review
from reviews.queries import Mark, declarations_of, progress, ranking, reviews_of, sheet_of, todo_of
from tests.factories import a_user
from tests.reviews.steps import sheet
from ventures.models import Venture

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


# --- Ranking ----------------------------------------------------------------------------------------------------------


def test_the_ranking_shows_rank_outcome_amount_and_every_mark(begun):
    p = begun(experts=5, ventures=2, budget=Decimal(60000))
    actions.recuse(p.ventures[1], expert=p.experts[4], by=p.manager, reason="board")
    p.score((90, 85, 80, 75, 60), venture=0)
    p.score((90, 90, 85, 83), venture=1)
    second, first = ranking(p.round)[::-1]
    # (90 + 90 + 85 + 83) / 4 = 87, nothing dropped; (85 + 80 + 75) / 3 = 80
    assert (first.venture, first.rank, first.result.mean, first.outcome, first.amount) == (
        p.ventures[1], 1, 87, "propose", 50000,
    )  # fmt: skip
    assert (second.venture, second.rank, second.result.mean, second.outcome, second.amount) == (
        p.ventures[0], 2, 80, "reserve", None,
    )  # fmt: skip
    assert first.scores == [
        Mark(1, Decimal(90), False, False, False),
        Mark(2, Decimal(90), False, False, False),
        Mark(3, Decimal(85), False, False, False),
        Mark(4, Decimal(83), False, False, False),
        Mark(5, None, False, True, False),
    ]
    assert [(m.total, m.dropped) for m in second.scores] == [
        (90, True),
        (85, False),
        (80, False),
        (75, False),
        (60, True),
    ]


def test_a_venture_with_missing_scores_is_open_without_rank_and_last(begun):
    p = begun(experts=3, ventures=2)
    p.submit(0, 100, venture=0)
    p.score((70, 70, 70), venture=1)
    rows = ranking(p.round)
    assert [(r.venture.number, r.rank, r.outcome, r.result is None) for r in rows] == [
        ("HC-002", 1, "propose", False),
        ("HC-001", None, "open", True),
    ]
    assert not any(m.dropped for m in rows[1].scores)


def test_a_tie_across_the_line_is_shown_as_one(begun):
    p = begun(experts=3, ventures=2, budget=Decimal(50000))
    for n in (0, 1):
        p.score((80, 80, 80), venture=n)
    assert [(r.rank, r.tied, r.outcome, r.amount) for r in ranking(p.round)] == [(1, True, "tie", None)] * 2


def test_after_the_selection_the_ranking_shows_what_was_decided(begun):
    p = begun(experts=3, ventures=3, budget=Decimal(80000))
    for n, total in enumerate((90, 80, 50)):
        p.score((total,) * 3, venture=n)
    actions.select(p.round, by=p.manager, amounts={p.ventures[0].pk: Decimal(45000)})
    assert [(r.rank, r.outcome, r.amount) for r in ranking(p.round)] == [
        (1, "propose", 45000),
        (2, "reserve", None),
        (3, "decline", None),
    ]
    assert [r.line_above for r in ranking(p.round)] == [False, True, False]


def test_before_the_review_the_ranking_is_empty(prepared):
    assert ranking(prepared(experts=3).round) == []


# --- Numbers of SQL queries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ventures", [1, 3])
def test_query_counts_do_not_grow_with_ventures(begun, django_assert_num_queries, ventures):
    p = begun(experts=5, ventures=ventures)
    for n in range(ventures):
        p.score((90, 85, 80, 75), venture=n)
    expert = p.experts[4]
    with django_assert_num_queries(4):
        assert len(ranking(p.round)) == ventures
    with django_assert_num_queries(2):
        assert [(r.venture.organization.name and r.venture.round.panel.due_at) for r in todo_of(expert)] == [
            None
        ] * ventures
    with django_assert_num_queries(1):
        assert len([str(r.venture.round) for r in reviews_of(expert)]) == ventures
    with django_assert_num_queries(1):
        assert [(s.member.expert.name and s.assigned, s.submitted) for s in progress(p.round)][3:] == [
            (0, ventures),
            (ventures, 0),
        ]
    review = p.review(0)
    with django_assert_num_queries(2):
        assert len(sheet_of(review)) == 8


@pytest.mark.parametrize("ventures", [1, 3])
def test_declarations_cost_one_query(prepared, django_assert_num_queries, ventures):
    p = prepared(experts=3, ventures=ventures)
    with django_assert_num_queries(1):
        assert [(str(d.venture), d.venture.organization.name, d.recused) for d in declarations_of(p.experts[0])] == [
            (str(v), v.organization.name, False) for v in p.ventures
        ]


def cost(act):
    """How many SQL statements, savepoints apart (their number tells only how deep transactions are nested)."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE")) for q in caught)


@pytest.mark.parametrize("experts", [3, 5])
def test_submitting_costs_the_same_whatever_the_panel(begun, experts):
    p = begun(experts=experts, ventures=2)
    reviews, points = [p.review(n) for n in range(experts)], sheet(p.round, 80)
    costs = [cost(lambda n=n: actions.submit_score(reviews[n], by=p.experts[n], points=points)) for n in range(experts)]
    # The first makes the join, the last passes it and makes the result.
    assert costs == [17, *[16] * (experts - 2), 32]


def test_an_autosave_costs_five_statements(begun):
    p = begun(experts=3)
    review, points = p.review(0), sheet(p.round, 80)
    assert cost(lambda: actions.save_score(review, by=p.experts[0], points=points)) == 5


# --- Who sees what ----------------------------------------------------------------------------------------------------


def test_an_expert_sees_the_ventures_given_to_score_and_none_after_a_recusal(begun):
    p = begun(experts=3, ventures=2)
    other = begun(experts=3)
    expert = p.experts[0]
    assert set(Venture.objects.visible_to(expert)) == set(p.ventures)
    actions.recuse(p.ventures[0], expert=expert, by=expert, reason="board")
    assert set(Venture.objects.visible_to(expert)) == {p.ventures[1]}
    assert not set(Venture.objects.visible_to(expert)) & set(other.ventures)
    assert not expert.has_perm("ventures.view", p.ventures[0])
    assert expert.has_perm("ventures.view", p.ventures[1])


def test_before_the_review_begins_an_expert_sees_no_file(prepared):
    p = prepared(experts=3)
    assert not Venture.objects.visible_to(p.experts[0]).exists()
    assert [d.venture for d in declarations_of(p.experts[0])] == p.ventures
    assert declarations_of(a_user(Role.EXPERT)) == []
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.experts[0], reason="board")
    assert [d.recused for d in declarations_of(p.experts[0])] == [True]


def test_experts_never_see_each_others_scores(begun):
    p = begun(experts=3)
    p.score((90, 80, 70))
    for n, expert in enumerate(p.experts):
        assert [r.total for r in Review.objects.visible_to(expert)] == [(90, 80, 70)[n]]
        assert [r.total for r in reviews_of(expert)] == [(90, 80, 70)[n]]
        for other in range(3):
            assert expert.has_perm("reviews.view", p.review(other)) == (other == n)
        assert not expert.has_perm("reviews.read_desk")


def test_a_recused_expert_has_nothing_to_do_and_no_score_to_read(begun):
    p = begun(experts=3)
    expert = p.experts[0]
    actions.recuse(p.ventures[0], expert=expert, by=expert, reason="board")
    assert not Review.objects.visible_to(expert).exists()
    assert todo_of(expert) == []
    assert not expert.has_perm("reviews.view", p.review(0))
    assert [r.state for r in reviews_of(expert)] == ["recused"]


@pytest.mark.parametrize("role", list(Role))
def test_scores_are_read_by_the_office_and_supervision_only(begun, role):
    p = begun(experts=3)
    p.score((90, 80, 70))
    user = a_user(role)
    sees = role in {Role.CLERK, Role.MANAGER, Role.SUPERVISOR}
    assert Review.objects.visible_to(user).exists() == sees
    assert user.has_perm("reviews.read_desk") == sees
    assert user.has_perm("reviews.view", p.review(0)) == sees
    assert not Review.objects.visible_to(AnonymousUser()).exists()


def test_the_todo_list_empties_with_submission_and_fills_with_unlocking(begun):
    p = begun(experts=3, ventures=2)
    expert = p.experts[0]
    assert [r.venture for r in todo_of(expert)] == p.ventures
    p.submit(0, 80, venture=0)
    assert [r.venture for r in todo_of(expert)] == [p.ventures[1]]
    actions.unlock(p.review(0, 0), by=p.manager, reason="复核")
    assert [r.venture for r in todo_of(expert)] == p.ventures


def test_the_sheet_has_every_criterion_with_the_points_so_far(begun):
    p = begun(experts=3)
    item = p.round.rubric.get(label="创新性")
    actions.save_score(p.review(0), by=p.experts[0], points={item.pk: Decimal("7.5")})
    points = [(a.item.label, a.points) for a in sheet_of(p.review(0))]
    assert len(points) == 8
    assert points[5] == ("创新性", Decimal("7.5"))
    assert points[0] == ("需求分析", None)


def test_experts_are_told_once_what_waits_for_them(begun):
    p = begun(experts=3, ventures=2)
    drain()
    drain()
    told = Notification.objects.filter(user__in=p.experts)
    assert [n.user for n in told.order_by("user")] == p.experts
    assert all("2" in n.text for n in told)
