"""The laws of the data (`manage.py check_invariants`), asked at the end of a test's world.

A world that was made through the public doors keeps all of them: `all_laws_hold()`. Where tests plant rows in a state
(`a_venture(state=…)`), the laws that ask how a row came to be what it is do not apply: `laws_hold_of_what_is_planted()`.

The tests of the folders in `WORLDS` are asked one by one, before their world is rolled back. A world that a module shares
is asked by its fixture, or by `simulate_round`, which ends with it. All laws take 0.16 s, those of a room 0.02 s: so no
others are asked. A test that breaks the data behind the doors says which law: `@pytest.mark.breaks("…")`.
"""

from collections.abc import Iterator, Sequence

import pytest

from common.invariants import check, laws

# Folders whose tests make worlds, and the rooms whose laws are asked there; () for all.
WORLDS: dict[str, tuple[str, ...]] = {
    "tests/journeys/": (),
    "tests/funding/": ("funding",),
    "tests/reviews/": ("reviews",),
    "tests/showcases/": ("showcases",),
}

# What has a past: whoever plants a row in the middle of its life has none.
OF_THE_PAST = frozenset(
    {
        "the_last_move_has_led_to_the_state",
        "each_move_begins_where_the_last_one_ended",
        "weights_of_an_open_round_are_100",
        "the_money_plan_of_an_open_round_is_walked_to_its_end",
        "numbers_have_no_gap_and_no_twin",
        "no_organization_hands_in_more_than_the_round_allows",
        "ventures_are_where_their_round_can_have_brought_them",
        "whoever_was_chosen_has_an_award",
        "an_ended_venture_has_its_day",
        "budget_lines_add_up",
        "what_is_before_the_office_was_handed_in",
        "a_notice_runs_its_days",
        "a_returned_application_has_its_open_correction",
        "an_accepted_application_meets_its_checklist",
        "inquiries_and_cancelled_awards_have_their_objection",
        "one_report_awaits_assessment_while_it_is_evaluated",
        "the_mid_term_is_passed_by_a_report",
        "a_closed_venture_has_reported_and_acted",
        "a_placed_venture_has_the_score_of_its_panel",
        "nobody_works_without_an_agreement",
        "what_counts_as_shown_was_on_show",
    }
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "breaks(law, …): the test breaks these laws behind the doors; without one, any")


def all_laws_hold() -> None:
    _hold()


def laws_hold_of_what_is_planted(rooms: Sequence[str] = (), *, but: Sequence[str] = ()) -> None:
    _hold(rooms, OF_THE_PAST.union(but))


def _hold(rooms: Sequence[str] = (), but: frozenset[str] = frozenset()) -> None:
    asked = [law for law in laws(rooms=rooms) if law.name not in but]
    told = [f"{f.law.name}: {sentence}" for f in check(asked) if f.is_broken for sentence in f.told]
    assert not told, "\n".join(told)


@pytest.fixture(autouse=True)
def _laws_hold(request: pytest.FixtureRequest, _own_folders: None) -> Iterator[None]:
    """Set up after the database and the folders, so that it looks before they go."""
    folder = next((folder for folder in WORLDS if request.node.nodeid.startswith(folder)), None)
    wanted = {"live_server": "transactional_db", "transactional_db": "transactional_db", "db": "db"}
    databases = [database for name, database in wanted.items() if name in request.fixturenames]
    broken = [name for marker in request.node.iter_markers("breaks") for name in marker.args or ("",)]
    if folder is None or not databases or "" in broken:
        yield
        return
    request.getfixturevalue(databases[0])
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed == failed:  # a test that stopped half-way has told what is wrong
        laws_hold_of_what_is_planted(WORLDS[folder], but=broken)
