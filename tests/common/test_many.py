"""Many through the one door: one that may not go keeps all back."""

import pytest

from common.errors import IllegalMove, NotAllowed
from common.machine.door import move_many
from common.models import JournalEntry
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture, answer_all_checks
from ventures.models import Venture
from ventures.states import State

QUERIES_OF_PUBLISHING = 6

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def submitted(n: int) -> list[Venture]:
    round_ = a_round()
    ventures = [a_venture(State.SUBMITTED, round=round_) for __ in range(n)]
    for venture in ventures:
        answer_all_checks(venture)
    return ventures


def test_a_batch_of_who_may_not_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(NotAllowed):
        move_many(submitted(2), "accept", by=a_user("finance"))
    assert not Venture.objects.exclude(state=State.SUBMITTED).exists()
    assert not JournalEntry.objects.exists()


def test_one_that_is_elsewhere_refuses_the_whole_batch() -> None:
    ventures = submitted(2)
    elsewhere = a_venture(State.CLOSED, round=ventures[0].round)
    answer_all_checks(elsewhere)
    with pytest.raises(IllegalMove):
        move_many([*ventures, elsewhere], "accept", by=a_user("clerk"))
    assert not JournalEntry.objects.exists()


def test_what_is_named_twice_moves_once() -> None:
    (venture,) = submitted(1)
    copies = [Venture.objects.get(pk=venture.pk) for __ in range(2)]
    move_many(copies, "accept", by=a_user("clerk"))
    assert [v.state for v in copies] == [State.ELIGIBLE] * 2
    assert JournalEntry.objects.filter(verb="accept").count() == 1


def test_a_batch_of_nothing_is_nothing() -> None:
    assert move_many([], "accept", by=a_user("finance")) == []


def test_who_moves_many_out_of_the_selection_asks_no_round_of_each(django_assert_num_queries) -> None:
    """What may be known of a venture before the notice is the round's to say; the office knows it anyway."""
    round_, manager = a_round(RoundState.IN_REVIEW), a_user("manager")

    def proposed(n: int) -> list[Venture]:
        planted = [a_venture(State.PROPOSED, round=round_) for _ in range(n)]
        return list(Venture.objects.filter(pk__in=[v.pk for v in planted]))

    for n in (1, 3):
        rows = proposed(n)
        with django_assert_num_queries(QUERIES_OF_PUBLISHING):
            move_many(rows, "publish", by=manager)
