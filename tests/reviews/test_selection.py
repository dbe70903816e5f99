from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from common.models import JournalEntry
from reviews import actions
from reviews.queries import ranking
from rounds.models import Round
from tests.factories import a_user, a_venture
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def scored(begun):
    """scored(90, 80, …, requested=(…)): one venture per total, each scored by three experts alike."""

    def make(*totals, **fields):
        p = begun(experts=3, **{"ventures": len(totals), **fields})
        for n, total in enumerate(totals):
            p.score([total] * 3, venture=n)
        return p

    return make


def states(p):
    return [Venture.objects.get(pk=v.pk).state for v in p.ventures]


def test_money_goes_down_the_ranking_and_the_rest_are_reserve_or_declined(scored):
    # 120,000 元: 50,000 + 50,000; the third does not fit; 55 is below 60.
    p = scored(70, 90, 55, 80, budget=Decimal(120000))
    done = actions.select(p.round, by=p.manager)
    assert {k: [v.number for v in row] for k, row in done.items()} == {
        "propose": ["HC-002", "HC-004"],
        "reserve": ["HC-001"],
        "decline": ["HC-003"],
    }
    assert states(p) == [State.RESERVE, State.PROPOSED, State.NOT_SELECTED, State.PROPOSED]
    best, fourth = Venture.objects.get(pk=p.ventures[1].pk), Venture.objects.get(pk=p.ventures[2].pk)
    assert (best.score, best.rank, best.awarded) == (90, 1, 50000)
    assert (fourth.score, fourth.rank, fourth.awarded) == (55, 4, None)


def test_nobody_is_passed_over_for_a_smaller_request(scored):
    p = scored(90, 80, 70, requested=(50000, 50000, 10000), budget=Decimal(80000))
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.PROPOSED, State.RESERVE, State.RESERVE]


def test_the_quota_ends_the_line(scored):
    p = scored(90, 80, 70, quota=2)
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.PROPOSED, State.PROPOSED, State.RESERVE]


def test_the_pass_mark_is_enough(scored):
    p = scored(60, 59.5)
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.PROPOSED, State.NOT_SELECTED]


def test_no_result_is_declined_without_score_and_rank(scored, begun):
    p = begun(experts=3, ventures=2)
    p.score([80] * 3, venture=0)
    p.submit(0, 90, venture=1)
    p.submit(1, 90, venture=1)
    actions.recuse(p.ventures[1], expert=p.experts[2], by=p.manager, reason="board")
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.PROPOSED, State.NOT_SELECTED]
    second = Venture.objects.get(pk=p.ventures[1].pk)
    assert (second.score, second.rank) == (None, None)


def test_a_request_above_the_cap_gets_the_cap(scored):
    p = scored(90, requested=(50000,), cap=Decimal(30000))
    actions.select(p.round, by=p.manager)
    assert Venture.objects.get().awarded == 30000


def test_the_selection_waits_for_every_score_and_names_the_ventures(begun):
    p = begun(experts=3, ventures=2)
    p.score([80] * 3, venture=0)
    p.submit(0, 80, venture=1)
    with pytest.raises(NotReady) as e:
        actions.select(p.round, by=p.manager)
    assert len(e.value.reasons) == 1
    assert p.ventures[1].number in e.value.reasons[0]
    assert "2 expert" in e.value.reasons[0]
    # The door has the same gate for who comes another way.
    with pytest.raises(NotReady):
        move(p.ventures[1], "decline", by=p.manager, score=None, rank=None)
    assert states(p) == [State.IN_REVIEW] * 2


# --- Amounts ----------------------------------------------------------------------------------------------------------


def test_a_manager_gives_less_and_the_next_fits(scored):
    p = scored(90, 80, budget=Decimal(80000))
    first, second = p.ventures
    done = actions.select(
        p.round, by=p.manager, amounts={first.pk: Decimal("40000.50"), second.pk: Decimal("39999.50")}
    )
    assert [v.awarded for v in done["propose"]] == [Decimal("40000.50"), Decimal("39999.50")]
    entry = JournalEntry.objects.filter(verb="propose").first()
    assert "40,000.50" in entry.note
    assert "50,000.00" in entry.note


def test_amounts_stay_within_the_budget(scored):
    p = scored(90, 80, budget=Decimal(80000))
    first, second = p.ventures
    with pytest.raises(Invalid) as e:
        actions.select(p.round, by=p.manager, amounts={first.pk: Decimal(45000), second.pk: Decimal("35000.01")})
    sentence = e.value.fields[f"amount_{second.pk}"][0]
    assert "80,000.01" in sentence
    assert "80,000.00" in sentence
    assert states(p) == [State.IN_REVIEW] * 2


@pytest.mark.parametrize("amount", ["0", "-1", "50000.01", "30000.001", "NaN"])
def test_an_amount_lies_between_a_cent_and_the_request(scored, amount):
    p = scored(90)
    with pytest.raises(Invalid, match=r"0\.01 元 and 50,000\.00 元"):
        actions.select(p.round, by=p.manager, amounts={p.ventures[0].pk: Decimal(amount)})


@pytest.mark.parametrize("amount", ["0.02", "1999.99"])
def test_nobody_is_given_less_than_the_smallest_grant(scored, amount):
    p = scored(90, min_grant=Decimal(2000))
    with pytest.raises(Invalid, match=r"is below the smallest grant of this round, 2,000\.00 元") as e:
        actions.select(p.round, by=p.manager, amounts={p.ventures[0].pk: Decimal(amount)})
    assert list(e.value.fields) == [f"amount_{p.ventures[0].pk}"]
    assert states(p) == [State.IN_REVIEW]


def test_who_asked_for_less_than_the_smallest_grant_is_not_proposed_by_the_way(scored):
    p = scored(90)
    p.ventures[0].requested = Decimal("0.02")
    p.ventures[0].save(update_fields=["requested"])
    with pytest.raises(Invalid, match=r"0\.02 元 is below the smallest grant of this round, 100\.00 元"):
        actions.select(p.round, by=p.manager)
    assert states(p) == [State.IN_REVIEW]


def test_a_reserve_is_not_promoted_with_less_than_the_smallest_grant(scored):
    p = scored(90, 80, quota=1)
    actions.select(p.round, by=p.manager)
    Round.objects.filter(pk=p.round.pk).update(quota=2)
    p.refresh()
    with pytest.raises(Invalid, match="smallest grant"):
        actions.promote(p.ventures[1], by=p.manager, amount=Decimal("0.02"))
    assert actions.promote(p.ventures[1], by=p.manager, amount=Decimal(100)).awarded == 100


def test_an_amount_for_who_is_below_the_pass_mark_is_refused_with_the_numbers(scored):
    p = scored(90, 59.5)
    with pytest.raises(Invalid, match=r"59\.50.*60"):
        actions.select(p.round, by=p.manager, amounts={p.ventures[1].pk: Decimal(100)})


def test_an_amount_for_who_stands_behind_the_line_is_refused(scored):
    p = scored(90, 80, 70, budget=Decimal(80000))
    with pytest.raises(Invalid, match="HC-002"):
        actions.select(p.round, by=p.manager, amounts={p.ventures[2].pk: Decimal(100)})


def test_amounts_beyond_the_places_are_refused(scored):
    p = scored(90, 80, quota=1)
    with pytest.raises(Invalid, match=r"2 ventures.*1 place"):
        actions.select(p.round, by=p.manager, amounts={p.ventures[1].pk: Decimal(100)})


def test_an_amount_for_a_stranger_is_refused(scored):
    p, other = scored(90), scored(90)
    with pytest.raises(Invalid):
        actions.select(p.round, by=p.manager, amounts={other.ventures[0].pk: Decimal(100)})


# --- Ties -------------------------------------------------------------------------------------------------------------


def test_a_tie_across_the_money_line_is_never_decided_silently(scored):
    p = scored(90, 80, 80, budget=Decimal(100000))
    with pytest.raises(Conflict) as e:
        actions.select(p.round, by=p.manager)
    assert "HC-001" not in str(e.value)
    assert "HC-002" in str(e.value)
    assert "HC-003" in str(e.value)
    assert states(p) == [State.IN_REVIEW] * 3


def test_the_committee_decides_a_tie_by_amounts_and_the_journal_says_so(scored):
    p = scored(90, 80, 80, budget=Decimal(100000))
    actions.select(p.round, by=p.manager, amounts={p.ventures[2].pk: Decimal(50000)})
    assert states(p) == [State.PROPOSED, State.RESERVE, State.PROPOSED]
    assert {Venture.objects.get(pk=v.pk).rank for v in p.ventures[1:]} == {2}
    assert JournalEntry.objects.filter(note__contains="committee").count() == 2


def test_the_committee_may_share_the_money_between_the_tied(scored):
    p = scored(90, 80, 80, budget=Decimal(100000))
    actions.select(p.round, by=p.manager, amounts={v.pk: Decimal(25000) for v in p.ventures[1:]})
    assert states(p) == [State.PROPOSED] * 3


def test_a_tie_within_the_money_needs_nobody(scored):
    p = scored(80, 80, 70)
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.PROPOSED] * 3
    assert [Venture.objects.get(pk=v.pk).rank for v in p.ventures] == [1, 1, 3]


def test_the_tie_breaking_criteria_decide_before_a_committee_must(begun):
    p = begun(experts=3, ventures=2, budget=Decimal(50000))
    for n in range(3):
        p.submit(n, 60, venture=0, 方案可行性=15, 创新性=5)
        p.submit(n, 60, venture=1, 方案可行性=16, 创新性=4)
    actions.select(p.round, by=p.manager)
    assert states(p) == [State.RESERVE, State.PROPOSED]


# --- Who and when -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in Role if r != Role.MANAGER])
def test_only_a_manager_selects_promotes_and_releases(scored, role):
    p = scored(90)
    user = a_user(role)
    with pytest.raises(NotAllowed):
        actions.select(p.round, by=user)
    with pytest.raises(NotAllowed):
        actions.promote(p.ventures[0], by=user)
    with pytest.raises(NotAllowed):
        actions.release_reserves(p.round, by=user)


def test_whoever_has_scored_in_the_round_does_not_choose_in_it(scored):
    p = scored(90)
    p.experts[0].role = Role.MANAGER
    p.experts[0].save()
    with pytest.raises(NotAllowed, match="scored"):
        actions.select(p.round, by=p.experts[0])


def test_the_selection_is_made_once(scored, prepared):
    p = scored(90)
    actions.select(p.round, by=p.manager)
    with pytest.raises(Conflict):
        actions.select(p.round, by=p.manager)
    early = prepared(experts=3)
    with pytest.raises(Conflict):
        actions.select(early.round, by=early.manager)


# --- Reserves ---------------------------------------------------------------------------------------------------------


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
