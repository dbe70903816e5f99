from decimal import Decimal

import pytest

from reviews.statistics import dropped_places, summarize


def scores(*totals: object) -> list[Decimal]:
    return [Decimal(str(t)) for t in totals]


def mean_of(*totals: object, min_scores: int = 3, trim_from: int = 5) -> Decimal | None:
    return summarize(scores(*totals), min_scores=min_scores, trim_from=trim_from).mean


def test_five_scores_lose_the_highest_and_the_lowest():
    # 90 and 60 go; (85 + 80 + 75) / 3 = 80
    summary = summarize(scores(90, 85, 80, 75, 60), min_scores=3, trim_from=5)
    assert (summary.mean, summary.dropped_high, summary.dropped_low, summary.valid) == (80, 90, 60, 5)


def test_seven_scores_lose_two_and_divide_by_five():
    # 95 and 70 go; 90 + 88 + 86 + 84 + 82 = 430; / 5 = 86
    assert mean_of(70, 82, 84, 86, 88, 90, 95) == 86


def test_only_one_of_several_equal_highest_scores_is_dropped():
    # one 90 and the 60 go; (90 + 90 + 75) / 3 = 85
    assert mean_of(90, 90, 90, 75, 60) == 85


def test_five_equal_scores_keep_their_value():
    assert mean_of(77.5, 77.5, 77.5, 77.5, 77.5) == Decimal("77.50")


def test_four_scores_are_a_plain_mean():
    # nothing is dropped: (90 + 80 + 70 + 20) / 4 = 65
    summary = summarize(scores(90, 80, 70, 20), min_scores=3, trim_from=5)
    assert (summary.mean, summary.dropped_high, summary.dropped_low) == (65, None, None)


def test_two_scores_are_no_result():
    assert summarize(scores(90, 80), min_scores=3, trim_from=5).mean is None
    assert mean_of() is None


def test_the_mean_is_rounded_half_up_once():
    # 320.5 / 4 = 80.125; half even would give 80.12
    assert mean_of(80, 80, 80, 80.5) == Decimal("80.13")
    # (88.5 + 84 + 86.5) / 3 = 86.333…
    assert mean_of(88.5, 91, 79.5, 84, 86.5) == Decimal("86.33")
    # (66.5 + 66.5 + 67) / 3 = 66.666…
    assert mean_of(66.5, 66.5, 67) == Decimal("66.67")


def test_the_limits_are_the_rounds_own():
    assert mean_of(90, 60, min_scores=2) == 75
    # trimmed from 4: (80 + 70) / 2
    assert mean_of(90, 80, 70, 20, trim_from=4) == 75
    # two of two can not be dropped, whatever the setting
    assert mean_of(90, 60, min_scores=2, trim_from=2) == 75


@pytest.mark.parametrize(
    ("totals", "struck"),
    [
        ((90, 85, 80, 75, 60), {0, 4}),
        ((60, 90, 90, 70, 60), {0, 1}),
        ((80, 80, 80, 80, 80), {0, 1}),
        ((90, 80, 70, 20), set()),
        ((90, 80), set()),
    ],
)
def test_the_sheet_strikes_out_one_highest_and_one_lowest(totals, struck):
    assert dropped_places(scores(*totals), min_scores=3, trim_from=5) == struck
