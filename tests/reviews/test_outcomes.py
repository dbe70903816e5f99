from decimal import Decimal

from reviews.outcomes import WHOLE_ROUND, Entry, Outcome, outcomes_of
from reviews.selection.model import Places, Track

P, R, D, T = Outcome.PROPOSE, Outcome.RESERVE, Outcome.DECLINE, Outcome.TIE


def line(*entries, budget=100, quota=10, chosen=None):
    """Entries are (rank, mean, most); their ids count from 1."""
    found = outcomes_of(
        [Entry(n, r, Decimal(mean), Decimal(most)) for n, (r, mean, most) in enumerate(entries, 1)],
        budget=Decimal(budget),
        tracks=[Track(WHOLE_ROUND, Places(most=quota), pass_mark=Decimal(60))],
        chosen={k: Decimal(v) for k, v in (chosen or {}).items()},
    )
    return [found.outcomes[n] for n in range(1, len(entries) + 1)]


def test_money_goes_down_the_ranking_until_it_ends():
    assert line((1, 90, 50), (2, 80, 50), (3, 70, 1)) == [P, P, R]


def test_the_first_that_does_not_fit_ends_the_line_even_if_a_smaller_one_would_fit():
    # 60 + 50 > 100; the third would fit with 10, but would pass over the second.
    assert line((1, 90, 60), (2, 80, 50), (3, 70, 10)) == [P, R, R]


def test_places_end_the_line_too():
    assert line((1, 90, 10), (2, 80, 10), (3, 70, 10), quota=2) == [P, P, R]


def test_the_pass_mark_itself_is_enough_and_a_hundredth_less_is_not():
    assert line((1, "60.00", 10), (2, "59.99", 10)) == [P, D]


def test_below_the_pass_mark_money_that_is_left_stays():
    assert line((1, 59, 10), budget=1000) == [D]


def test_a_tie_inside_the_line_needs_no_decision():
    assert line((1, 90, 50), (1, 90, 50)) == [P, P]


def test_a_tie_across_the_line_is_left_open_and_ends_it():
    assert line((1, 90, 50), (2, 80, 40), (2, 80, 40), (4, 70, 5)) == [P, T, T, R]


def test_a_tie_across_the_last_place_is_left_open():
    assert line((1, 90, 10), (2, 80, 10), (2, 80, 10), quota=2) == [P, T, T]


def test_a_tie_behind_the_money_needs_no_decision():
    assert line((1, 90, 90), (2, 80, 40), (2, 80, 40)) == [P, R, R]


def test_the_named_of_a_tie_gets_it_and_the_other_is_a_reserve():
    assert line((1, 90, 50), (2, 80, 40), (2, 80, 40), (4, 70, 5), chosen={3: 40}) == [P, R, P, R]


def test_a_tie_that_is_shared_fits_and_the_line_goes_on():
    assert line((1, 90, 50), (2, 80, 40), (2, 80, 40), (4, 70, 5), chosen={2: 22, 3: 23}) == [P, P, P, P]


def test_the_named_of_a_tie_that_do_not_fit_get_nothing():
    assert line((1, 90, 50), (2, 80, 40), (2, 80, 40), chosen={2: 40, 3: 40}) == [P, R, R]


def test_a_smaller_amount_lets_the_next_one_in():
    assert line((1, 90, 60), (2, 80, 50), chosen={1: 50}) == [P, P]
    assert line((1, 90, 60), (2, 80, 50), chosen={2: 40}) == [P, P]


# --- Tracks handed in ---------------------------------------------------------------------------------------------------


def of_two_tracks(*entries, budget, chosen=None):
    """Entries are (track, rank, mean, most); track a has one place and the pass mark 60, b has 70."""
    found = outcomes_of(
        [Entry(n, rank, Decimal(mean), Decimal(most), track) for n, (track, rank, mean, most) in enumerate(entries, 1)],
        budget=Decimal(budget),
        tracks=[Track("a", Places(most=1), pass_mark=Decimal(60)), Track("b", pass_mark=Decimal(70))],
        chosen={k: Decimal(v) for k, v in (chosen or {}).items()},
    )
    return [found.outcomes[n] for n in range(1, len(entries) + 1)]


def test_each_track_has_its_places_and_its_pass_mark():
    entries = [("a", 1, 90, 1), ("a", 2, 80, 1), ("b", 1, 75, 1), ("a", 3, 65, 1), ("b", 2, 65, 1)]
    assert of_two_tracks(*entries, budget=100) == [P, R, P, R, D]


def test_of_equals_of_two_tracks_the_committee_names_who_gets_the_last_of_the_budget():
    entries = [("a", 1, 90, 60), ("b", 1, 90, 60), ("b", 2, 80, 1), ("b", 3, 60, 1)]
    assert of_two_tracks(*entries, budget=100) == [T, T, R, D]
    assert of_two_tracks(*entries, budget=100, chosen={2: 60}) == [R, P, P, D]


def test_an_amount_for_the_second_of_a_score_passes_nobody_over_who_came_first_by_a_tie_break():
    entries = [("b", 1, 90, 60), ("b", 2, 90, 60), ("a", 1, 90, 60)]
    assert of_two_tracks(*entries, budget=100, chosen={2: 10}) == [T, R, T]
