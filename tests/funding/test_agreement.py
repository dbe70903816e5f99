from datetime import date
from decimal import Decimal

import pytest

from common.errors import Conflict, Invalid, NotAllowed
from common.models import JournalEntry
from funding import actions
from funding.models import Award
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


def sign(world, venture, **more):
    facts = {"by": world.manager, "number": "XY-2020-1", "signed_on": SIGNED}
    return actions.sign_agreement(venture, **{**facts, **more})


def number_of(venture):
    return award_of(venture).agreement_number


def test_an_agreement_cuts_the_award_into_tranches_that_add_up_to_the_cent(world):
    award = sign(world, awarded(world, "10000.01"))
    amounts = [t.amount for t in award.tranches.all()]
    assert amounts == [Decimal("5000.01"), Decimal("3333.00"), Decimal("1667.00")]
    assert sum(amounts) == award.amount == Decimal("10000.01")


def test_the_agreement_is_in_the_journal_with_its_number(world):
    venture = awarded(world)
    sign(world, venture)
    entry = JournalEntry.objects.of(venture).get(verb="sign_agreement")
    assert (entry.words, entry.facts["amount"]) == ("XY-2020-1", "10000.01")


def test_an_agreement_is_not_signed_before_the_notice_has_ended(world):
    with pytest.raises(Invalid) as e:
        sign(world, awarded(world), signed_on=date(2020, 6, 5))
    assert "2020-06-05" in e.value.fields["signed_on"][0]


def test_an_agreement_is_not_signed_in_the_future(world):
    with pytest.raises(Invalid) as e:
        sign(world, awarded(world), signed_on=date(2020, 6, 11))
    assert list(e.value.fields) == ["signed_on"]


def test_an_agreement_is_signed_once_only(world):
    venture = signed(world)
    with pytest.raises(Conflict, match=number_of(venture)):
        sign(world, venture)
    assert Award.objects.count() == 1


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


def test_tranches_of_one_cent_awards_are_never_negative_in_sum(world):
    award = sign(world, awarded(world, "0.03"))
    assert sum(t.amount for t in award.tranches.all()) == Decimal("0.03")


def test_an_agreement_is_not_signed_again_during_delivery(world):
    venture = in_delivery(world)
    with pytest.raises(Conflict):
        sign(world, venture, number="XY-OTHER")
    assert tranche_of(venture, 3).label == "尾款"
