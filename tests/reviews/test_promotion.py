"""Reserves that move up, and what the door and the database ask of whoever proposes."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from common.errors import Conflict, Invalid, NotReady
from common.machine.door import move
from common.models import JournalEntry
from reviews import actions
from reviews.queries import ranking
from rounds.models import Round
from tests.factories import a_venture
from tests.reviews.steps import states
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def with_reserves(scored):
    """90 proposed, 80 and 70 in reserve; 30,000 of 80,000 元 are left."""
    p = scored(90, 80, 70, budget=Decimal(80000))
    actions.select(p.round, by=p.manager)
    p.refresh()
    return p


def test_a_reserve_is_promoted_within_what_is_left(with_reserves):
    p = with_reserves
    with pytest.raises(Invalid, match=r"50,000\.00.*50,000\.00.*80,000\.00"):
        actions.promote(p.ventures[1], by=p.manager)
    venture = actions.promote(p.ventures[1], by=p.manager, amount=Decimal(30000))
    assert (venture.state, venture.awarded, venture.rank, venture.score) == (State.PROPOSED, 30000, 2, 80)


def test_a_reserve_is_not_promoted_before_a_better_one(with_reserves):
    p = with_reserves
    with pytest.raises(Conflict, match="HC-002"):
        actions.promote(p.ventures[2], by=p.manager, amount=Decimal(1000))


def test_a_reserve_needs_a_free_place(scored):
    p = scored(90, 80, quota=1)
    actions.select(p.round, by=p.manager)
    with pytest.raises(Conflict, match="The 1 place of"):
        actions.promote(p.ventures[1], by=p.manager)


def test_only_a_reserve_is_promoted(with_reserves):
    p = with_reserves
    with pytest.raises(Conflict, match="only a reserve moves up"):
        actions.promote(p.ventures[0], by=p.manager, amount=Decimal(1000))


def test_nobody_is_promoted_before_the_selection(scored):
    """Three of 40,000 元 out of 80,000 元, one of them below the pass mark: promoted one by one they were all given."""
    p = scored(90, 80, 50, budget=Decimal(80000), requested=(40000,) * 3)
    for venture in p.ventures:
        with pytest.raises(Conflict, match="only a reserve moves up"):
            actions.promote(venture, by=p.manager)
    assert states(p) == [State.IN_REVIEW] * 3


@pytest.fixture
def tied_reserves(scored):
    """90 proposed; two of 80 in reserve, each asks for 20,000 元; one place becomes free."""
    p = scored(90, 80, 80, requested=(50000, 20000, 20000), quota=1)
    actions.select(p.round, by=p.manager)
    Round.objects.filter(pk=p.round.pk).update(quota=2)
    p.refresh()
    return p


def test_of_equal_reserves_the_committee_says_who_moves_up(tied_reserves):
    p = tied_reserves
    with pytest.raises(Conflict, match="equal in everything"):
        actions.promote(p.ventures[2], by=p.manager)
    actions.promote(p.ventures[2], by=p.manager, amount=Decimal(20000))
    assert states(p) == [State.PROPOSED, State.RESERVE, State.PROPOSED]
    assert "committee" in JournalEntry.objects.of(p.ventures[2]).last().note


# --- Whoever comes another way ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"score": Decimal("59.99")}, "59.99 does not reach the pass mark 60"),
        ({"amount": Decimal(40000)}, r"40,000.00 元 is more than what is left: 50,000.00 元 of 80,000.00 元"),
    ],
    ids=["pass mark", "money"],
)
def test_the_door_asks_for_pass_mark_and_money_whoever_proposes(with_reserves, facts, sentence):
    p = with_reserves
    given = {"score": Decimal(80), "rank": 2, "amount": Decimal(1000)} | facts
    with pytest.raises(NotReady, match=sentence):
        move(p.ventures[1], "propose", by=p.manager, **given)


def test_the_door_asks_for_a_place_whoever_proposes(scored):
    p = scored(90, 80, quota=1)
    actions.select(p.round, by=p.manager)
    p.refresh()
    with pytest.raises(NotReady, match="The 1 place of .* is taken"):
        move(p.ventures[1], "propose", by=p.manager, score=Decimal(80), rank=2, amount=Decimal(1000))


def test_the_database_gives_no_more_than_the_round_has(with_reserves):
    p = with_reserves
    second, round_ = Venture.objects.filter(pk=p.ventures[1].pk), Round.objects.filter(pk=p.round.pk)
    refused = [
        lambda: second.update(awarded=Decimal("30000.01")),
        lambda: round_.update(budget=Decimal("49999.99")),
        lambda: round_.update(quota=0),
        lambda: round_.update(quota=1) and second.update(awarded=Decimal(1)),
        lambda: a_venture(State.PROPOSED, round=p.round, awarded=Decimal("30000.01")),
    ]
    for attempt in refused:
        with (
            pytest.raises(DatabaseError, match=r"more than the round has left|less than is given"),
            transaction.atomic(),
        ):
            attempt()
    assert second.update(awarded=Decimal(30000)) and second.update(awarded=None)


def test_released_reserves_are_not_selected_and_keep_score_and_rank(with_reserves):
    p = with_reserves
    assert actions.release_reserves(p.round, by=p.manager) == 2
    assert states(p) == [State.PROPOSED, State.NOT_SELECTED, State.NOT_SELECTED]
    assert [(r.rank, r.outcome) for r in ranking(p.round)] == [(1, "propose"), (2, "decline"), (3, "decline")]
    assert actions.release_reserves(p.round, by=p.manager) == 0
