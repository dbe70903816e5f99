import pytest

from common.errors import Conflict, Invalid, NotAllowed
from common.models import JournalEntry
from funding import actions
from tests.factories import a_venture
from tests.funding.steps import (
    SIGNED,
    award_of,
    awarded,
    in_delivery,
    signed,
    tranche_of,
)
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


def test_an_agreement_is_not_signed_again_during_delivery(world):
    venture = in_delivery(world)
    with pytest.raises(Conflict):
        sign(world, venture, number="XY-OTHER")
    assert tranche_of(venture, 3).label == "尾款"
