"""Money is exact on both engines."""

from decimal import Decimal

import pytest
from django.db.models import F

from common.money import ZERO, in_words, percent_of, plus, to_cents, total, yuan
from tests.factories import a_venture
from ventures.models import BudgetLine, Venture

pytestmark = pytest.mark.engines


@pytest.mark.django_db
def test_a_tenth_and_two_tenths_are_three_tenths_in_sums_comparisons_and_additions() -> None:
    venture = a_venture(budget=False)
    for n, amount in enumerate(("0.1", "0.2"), start=1):
        BudgetLine.objects.create(
            venture=venture, ordinal=n, head="其他费用", detail="x", unit_price=Decimal(amount), quantity=Decimal(1),
            amount=Decimal(amount), from_grant=Decimal(amount),
        )  # fmt: skip
    summed = BudgetLine.objects.aggregate(sum=total("amount"))["sum"]
    assert (summed, str(summed)) == (Decimal("0.3"), "0.30")
    Venture.objects.filter(pk=venture.pk).update(requested=Decimal("0.1"), total_budget=Decimal("0.3"))
    Venture.objects.filter(pk=venture.pk).update(requested=plus("requested", Decimal("0.2")))
    assert Venture.objects.filter(requested=F("total_budget")).get().requested == Decimal("0.30")


@pytest.mark.django_db
def test_no_rows_sum_up_to_zero() -> None:
    assert BudgetLine.objects.aggregate(sum=total("amount"))["sum"] == ZERO


@pytest.mark.parametrize(
    ("given", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("1.115", "1.12"), ("333.335", "333.34")]
)
def test_half_a_cent_is_rounded_up(given: str, rounded: str) -> None:
    assert str(to_cents(Decimal(given))) == rounded


def test_shares_have_one_place_and_nothing_of_nothing_is_none() -> None:
    assert str(percent_of(Decimal(5200), Decimal(50000))) == "10.4"
    assert str(percent_of(ZERO, ZERO)) == "0.0"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Decimal("1234567.5"), "1,234,567.50"),
        ("12000", "12,000.00"),
        (0, "0.00"),
        (Decimal("999999999999.99"), "999,999,999,999.99"),
    ],
)
def test_amounts_are_told_with_separators_and_two_places(given: Decimal | int | str, told: str) -> None:
    assert yuan(given) == told


def test_amounts_are_written_out_as_on_vouchers() -> None:
    assert in_words(Decimal("12005.30")) == "壹万贰仟零伍元叁角整"
