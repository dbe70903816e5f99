from decimal import Decimal

import pytest

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from common.models import JournalEntry
from reviews import actions
from rounds.models import Round
from tests.factories import a_user
from tests.reviews.steps import states
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


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
