from decimal import Decimal

import pytest

from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import JournalEntry
from funding import actions
from reviews import actions as reviews
from rounds.models import Round
from tests.factories import a_venture
from tests.funding.steps import (
    SIGNED,
    award_of,
    awarded,
    in_delivery,
    signed,
    tranche_of,
)
from ventures import actions as ventures_actions
from ventures.states import State

pytestmark = pytest.mark.engines


def sign(world, venture, **more):
    facts = {"by": world.manager, "number": "XY-2020-1", "signed_on": SIGNED}
    return actions.sign_agreement(venture, **{**facts, **more})


def number_of(venture):
    return award_of(venture).agreement_number


def test_the_agreement_is_in_the_journal_with_its_number(world):
    venture = awarded(world)
    sign(world, venture)
    entry = JournalEntry.objects.of(venture).get(verb="sign_agreement")
    assert (entry.note, entry.facts["amount"]) == ("XY-2020-1", "10000.01")


def test_an_agreement_number_is_used_once(world):
    first = signed(world)
    with pytest.raises(Invalid) as e:
        sign(world, awarded(world), number=number_of(first))
    assert list(e.value.fields) == ["number"]


def test_a_venture_on_notice_has_no_agreement(world):
    with pytest.raises(Conflict):
        sign(world, a_venture(State.ON_NOTICE, round=world.round))


@pytest.mark.parametrize("role", ["supervisor", "applicant"])
def test_only_the_desk_registers_agreements(world, role):
    venture = awarded(world)
    with pytest.raises(NotAllowed):
        sign(
            world,
            venture,
            by=venture.applicant if role == "applicant" else world.supervisor,
        )


def test_an_award_given_up_before_signing_frees_its_place_and_its_money(world):
    """Two places, 80,000 元: one of 50,000 元 gives up, and the reserve is proposed with 50,000 元."""
    Round.objects.filter(pk=world.round.pk).update(budget=Decimal(80000), quota=2)
    first, second = awarded(world, "50000"), awarded(world, "30000")
    reserve = a_venture(State.RESERVE, round=world.round, rank=3, score=Decimal(80), awarded=None)
    with pytest.raises(Conflict, match="2 个名额"):
        reviews.promote(reserve, by=world.manager)
    ventures_actions.give_up(first, by=world.manager, reason="来函放弃")
    assert reviews.promote(reserve, by=world.manager).awarded == 50000
    sign(world, second)
    with pytest.raises(NotReady, match="2020-06-08"):
        ventures_actions.give_up(second, by=world.manager, reason="来函放弃")


def test_an_agreement_is_not_signed_again_during_delivery(world):
    venture = in_delivery(world)
    with pytest.raises(Conflict):
        sign(world, venture, number="XY-OTHER")
    assert tranche_of(venture, 3).label == "尾款"
