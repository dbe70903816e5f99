"""One way of writing for what people write in many, and a share that lies on its side of the limit."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common import normal_forms
from common.money import percent_beside


@pytest.mark.parametrize(
    ("function", "spellings", "normal"),
    [
        (
            normal_forms.phone,
            (
                "13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "+86-138-0013-8000", "0086 13800138000",
                "１３８００１３８０００", "86-13800138000", "138－0013－8000",
            ),
            "13800138000",
        ),
        (
            normal_forms.phone,
            ("0573-85000001", "0573 85000001", "(0573)85000001", "（0573）8500 0001", "057385000001", "+86 573 85000001"),
            "0573-85000001",
        ),
        (normal_forms.code, ("5133 0482 mja0 0001 6t", "５１３３０４８２MJA000016T", "51330482-MJA000016T"), "51330482MJA000016T"),
        (normal_forms.paper_number, ("pz-2020-9", "PZ－2020－9", " pz — 2020 – 9 ", "ＰＺ-2020-9"), "PZ-2020-9"),
        (normal_forms.paper_number, ("平民[2020]9号", "平民（2020）9号", "平民〔2020〕 9 号"), "平民〔2020〕9号"),
        (normal_forms.user_name, ("Zhang.San", "ZHANG.SAN", "ｚhang.san", " zhang.san "), "zhang.san"),
        (normal_forms.plain_number, ("50000", "50,000", "50，000", "5万", "5 万元", "￥50000", "５００００元"), "50000"),
        (normal_forms.unit_name, ("阳光社工（林埭镇）", "阳光社工 (林埭镇)", "阳光社工(林埭镇)", "阳光社工林埭镇"), "阳光社工林埭镇"),
    ],
)  # fmt: skip
def test_what_two_people_would_call_the_same_is_written_in_one_way(function, spellings, normal):
    assert {function(spelling) for spelling in spellings} == {normal}


@pytest.mark.parametrize(
    "typed", ["2020-12-07", "2020年12月7日", "2020/12/7", "2020.12.07", "20201207", "２０２０－１２－０７"]
)
def test_a_day_is_read_however_it_is_written(typed):
    assert str(normal_forms.day(typed)) == "2020-12-07"


def test_what_can_not_be_read_comes_back_for_the_validator_to_name():
    assert normal_forms.phone("打给老王") == "打给老王"
    assert normal_forms.plain_number("1,00") == "1,00"
    assert normal_forms.day("明天") is None
    with pytest.raises(ValueError, match="day"):
        normal_forms.day("2020年2月30日")


CENTS = st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-2))


@given(part=CENTS, whole=CENTS.filter(bool), limit=st.integers(0, 10_000).map(lambda n: Decimal(n).scaleb(-2)))
@example(part=Decimal(4980), whole=Decimal(50_000), limit=Decimal(10))
@example(part=Decimal("5000.01"), whole=Decimal(50_000), limit=Decimal(10))
@example(part=Decimal("4999.99"), whole=Decimal(50_000), limit=Decimal(10))
@example(part=Decimal(5000), whole=Decimal(50_000), limit=Decimal(10))
def test_the_share_that_is_shown_lies_on_the_side_of_the_limit_on_which_it_lies(part, whole, limit):
    shown, true = Decimal(percent_beside(part, whole, limit)), part * 100 - limit * whole
    assert (shown > limit, shown < limit) == (true > 0, true < 0)


def test_a_share_has_no_more_digits_than_decide():
    assert percent_beside(Decimal(4980), Decimal(50_000), Decimal(10)) == "9.96"
    assert percent_beside(Decimal(5200), Decimal(50_000), Decimal(10)) == "10.4"
    assert percent_beside(Decimal(5000), Decimal(50_000), Decimal(10)) == "10.0"
