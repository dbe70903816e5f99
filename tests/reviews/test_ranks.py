from decimal import Decimal
from fractions import Fraction

from reviews.ranks import Contender, Place, rank


def contender(pk, mean, breakers=(10, 10, 10), requested=50000):
    return Contender(pk, Decimal(str(mean)), tuple(Fraction(b) for b in breakers), Decimal(requested))


def ranks(*contenders):
    return {pk: place.rank for pk, place in rank(contenders).items()}


def test_the_higher_mean_comes_first():
    assert ranks(contender(1, 70), contender(2, "85.01"), contender(3, "85.00")) == {2: 1, 3: 2, 1: 3}


def test_equal_means_are_broken_by_the_criteria_in_their_order():
    one, two, three = (80, (18, 9, 9)), (80, (17, 15, 10)), (80, (17, 14, 10))
    assert ranks(contender(1, *three), contender(2, *two), contender(3, *one)) == {3: 1, 2: 2, 1: 3}


def test_the_third_criterion_decides_after_two_equal_ones():
    assert ranks(contender(1, 80, (17, 14, 8)), contender(2, 80, (17, 14, "8.5"))) == {2: 1, 1: 2}


def test_then_the_lower_request_comes_first():
    assert ranks(contender(1, 80, requested=50000), contender(2, 80, requested=49999)) == {2: 1, 1: 2}


def test_equal_after_all_share_the_rank_and_the_next_is_skipped():
    places = rank([contender(9, 80), contender(4, 80), contender(5, 70), contender(1, 90)])
    assert places == {1: Place(1, False), 9: Place(2, True), 4: Place(2, True), 5: Place(4, False)}


def test_thirds_are_compared_exactly():
    a_third = contender(1, 80, (Fraction(50, 3), 1, 1))
    nearly = contender(2, 80, (Fraction(1666666, 100000), 1, 1))
    assert ranks(nearly, a_third) == {1: 1, 2: 2}
