"""The way of a round: what it waits for, with its sentence."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from common.clock import at, now
from common.errors import NotAllowed, NotReady
from common.machine.door import move
from rounds.models import Round, RubricItem, TrancheRule
from rounds.states import RoundState
from tests.factories import a_round, a_venture
from tests.rounds.setting_up import MARCH
from ventures.states import State

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.engines]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda r: RubricItem.objects.filter(round=r, ordinal=1).update(weight=14),
            "The weights add up to 99, not 100.",
        ),
        (lambda r: TrancheRule.objects.filter(round=r, ordinal=1).update(percent=51), "add up to 101 %, not 100 %."),
        (lambda r: r.categories.all().delete(), "There is no category yet"),
        (lambda r: r.check_items.all().delete(), "The checklist has no line yet"),
    ],
)
def test_a_call_opens_when_its_rules_are_whole(
    people: SimpleNamespace, spoil: Callable[[Round], Any], sentence: str
) -> None:
    with at(MARCH):
        round_ = a_round(RoundState.PREPARING)
        spoil(round_)
        with pytest.raises(NotReady) as refused:
            move(round_, "open", by=people.manager)
    assert [sentence in reason for reason in refused.value.reasons] == [True]


def test_a_whole_round_is_opened_by_the_office_only(people: SimpleNamespace) -> None:
    with at(MARCH):
        round_ = a_round(RoundState.PREPARING)
        for user in (people.finance, people.supervisor, people.applicant):
            with pytest.raises(NotAllowed):
                move(round_, "open", by=user)
        assert move(round_, "open", by=people.clerk).state == RoundState.OPEN


def test_a_call_is_not_closed_before_its_end(people: SimpleNamespace) -> None:
    with pytest.raises(NotReady, match="The call runs to"):
        move(people.round, "close_call", by=people.clerk)
    over = a_round(closes_at=now() - timedelta(minutes=1))
    assert move(over, "close_call", by=people.clerk).state == RoundState.CALL_CLOSED


@pytest.mark.parametrize(
    ("state", "verb", "waits_for", "sentence"),
    [
        (RoundState.CALL_CLOSED, "begin_review", State.SUBMITTED, "1 application is not screened yet."),
        (RoundState.CALL_CLOSED, "begin_review", State.RETURNED, "1 application is not screened yet."),
        (RoundState.CALL_CLOSED, "begin_review", State.DRAFT, "1 application is not screened yet."),
        (RoundState.IN_REVIEW, "publish", State.ELIGIBLE, "1 venture is not placed yet."),
        (RoundState.IN_REVIEW, "publish", State.IN_REVIEW, "1 venture is not placed yet."),
        (RoundState.ON_NOTICE, "begin_delivery", State.PROPOSED, "1 venture is still on notice."),
        (RoundState.ON_NOTICE, "begin_delivery", State.ON_NOTICE, "1 venture is still on notice."),
        (RoundState.ON_NOTICE, "begin_delivery", State.OBJECTED, "1 venture is still on notice."),
        (RoundState.IN_DELIVERY, "close", State.SHOWN, "1 venture is not closed yet."),
        (RoundState.IN_DELIVERY, "close", State.TERMINATING, "1 venture is not closed yet."),
    ],
)
def test_a_round_waits_for_its_ventures(
    people: SimpleNamespace, state: str, verb: str, waits_for: str, sentence: str
) -> None:
    round_ = a_round(state)
    a_venture(waits_for, round=round_)
    with pytest.raises(NotReady) as refused:
        move(round_, verb, by=people.manager)
    assert sentence in refused.value.reasons
