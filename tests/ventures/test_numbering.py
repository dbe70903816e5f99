"""HC2020-001 and what follows it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from common import clock
from rounds.models import Round
from tests.factories import a_round, a_venture, an_applicant, moment
from tests.waiting import DEADLINE
from ventures import actions
from ventures.models import Venture

pytestmark = pytest.mark.engines

AT_ONCE = 10
JUNE = moment("2020-06-15 12:00")


def a_call(year: int = 2020) -> Round:
    return a_round(year=year, opens_at=moment("2020-06-01 00:00"), closes_at=moment("2020-07-01 00:00"))


def submitted(round_: Round) -> Venture:
    applicant, organization = an_applicant()
    with clock.at(JUNE):
        return actions.submit(a_venture(round=round_, organization=organization), by=applicant)


@pytest.mark.django_db
def test_numbers_tell_series_year_and_order_of_submission() -> None:
    round_ = a_call()
    assert [submitted(round_).number for __ in range(3)] == ["HC2020-001", "HC2020-002", "HC2020-003"]


@pytest.mark.django_db
def test_two_rounds_of_a_series_in_one_year_share_their_numbers() -> None:
    submitted(a_call())
    assert submitted(a_call()).number == "HC2020-002"
    assert submitted(a_call(year=2021)).number == "HC2021-001"


@pytest.mark.django_db
def test_a_number_after_999_has_four_digits_and_the_next_follows_it() -> None:
    round_ = a_call()
    a_venture("submitted", round=round_, number="HC2020-999")
    assert [submitted(round_).number for __ in range(2)] == ["HC2020-1000", "HC2020-1001"]


@pytest.mark.django_db
def test_a_withdrawn_application_keeps_its_number() -> None:
    round_ = a_call()
    applicant, organization = an_applicant()
    venture = a_venture(round=round_, organization=organization)
    with clock.at(JUNE):
        actions.submit(venture, by=applicant)
        actions.withdraw(venture, by=applicant)
        submitted(round_)
        assert actions.submit(venture, by=applicant).number == "HC2020-001"


@pytest.mark.django_db(transaction=True)
def test_ten_who_submit_at_once_are_numbered_without_a_gap() -> None:
    round_ = a_call()
    prepared = []
    for __ in range(AT_ONCE):
        applicant, organization = an_applicant()
        prepared.append((applicant, a_venture(round=round_, organization=organization)))
    together = Barrier(AT_ONCE)

    def submit(pair: tuple) -> None:
        applicant, venture = pair
        try:
            with clock.at(JUNE):
                together.wait(timeout=DEADLINE)
                actions.submit(venture, by=applicant)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(submit, prepared))
    numbers = sorted(Venture.objects.values_list("number", flat=True))
    assert numbers == [f"HC2020-{n:03d}" for n in range(1, AT_ONCE + 1)]


@pytest.mark.parametrize("number", ["", "HC2020-{:03d}"], ids=["new", "withdrawn"])
@pytest.mark.django_db(transaction=True)
def test_of_ten_that_one_organization_submits_at_once_one_is_accepted(number: str) -> None:
    """The limit per organization counts rows that nobody has locked; the organization's row is the queue. What was
    withdrawn has its number: it does not wait for the counter either."""
    round_ = a_call()
    applicant, organization = an_applicant()
    ventures = [
        a_venture(round=round_, organization=organization, number=number.format(n)) for n in range(1, AT_ONCE + 1)
    ]
    together = Barrier(AT_ONCE)

    def submit(venture: Venture) -> str:
        from common.errors import NotReady

        try:
            with clock.at(JUNE):
                together.wait(timeout=DEADLINE)
                actions.submit(venture, by=applicant)
            return "submitted"
        except NotReady:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = sorted(pool.map(submit, ventures))
    assert outcomes == ["refused"] * (AT_ONCE - 1) + ["submitted"]
