"""Rounds of any size from a seed."""

from argparse import Namespace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from delivery.models import Report
from rounds.models import Round
from rounds.states import RoundState
from simulation import chance, reference
from simulation.laws import require_laws
from simulation.outcome import unfinished
from simulation.play import play
from tests.corpus.draw import WHOLE
from tests.simulation.conftest import simulate
from ventures.states import FINAL_STATES

VENTURES = 12 if WHOLE else 5


def comparable(outcome: Namespace) -> dict[str, Any]:
    return {k: v for k, v in vars(outcome).items() if k in {"states", "money", "moves", "workbooks"}}


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Some ventures, nine experts, seed 7: on one fresh database, on another, and a second time on that one."""
    folder = tmp_path_factory.mktemp("played")
    runs = []
    with django_db_blocker.unblock():
        with transaction.atomic():
            runs.append(simulate(folder, ventures=VENTURES, reviewers=9, seed=7))
            transaction.set_rollback(True)
        with transaction.atomic():
            runs += [simulate(folder, ventures=VENTURES, reviewers=9, seed=7) for _ in range(2)]
            yield runs
            transaction.set_rollback(True)


def test_the_same_seed_gives_the_same_outcome_on_two_fresh_databases(played: list[Namespace]) -> None:
    assert comparable(played[0]) == comparable(played[1])


def test_the_same_seed_gives_the_same_outcome_a_second_time_in_one_database(played: list[Namespace]) -> None:
    assert comparable(played[1]) == comparable(played[2])
    assert Round.objects.filter(series__code="MN").count() == 2


def test_every_venture_comes_to_an_end_and_the_round_is_completed(played: list[Namespace]) -> None:
    assert sum(played[0].states.values()) == VENTURES
    assert set(played[0].states) <= set(FINAL_STATES)
    rounds = Round.objects.filter(series__code="MN")
    assert not unfinished(rounds)
    assert {r.state for r in rounds} == {RoundState.CLOSED}


def test_less_the_recovered_never_more_is_paid_than_awarded(played: list[Namespace]) -> None:
    money = {name: Decimal(text) for name, text in played[0].money.items()}
    assert 0 < money["paid"] - money["recovered"] <= money["awarded"]
    assert money["spent"] + money["returned"] + money["recovered"] == money["paid"]


def test_the_workbooks_that_are_listed_are_there(played: list[Namespace]) -> None:
    assert played[0].workbooks
    assert all(Path(path).is_file() for path in played[0].workbooks)


def test_the_smallest_round_comes_to_its_end_too(db: None, tmp_path: Path) -> None:
    outcome = simulate(tmp_path, ventures=1, reviewers=3, seed=1)
    assert sum(outcome.states.values()) == 1
    assert set(outcome.states) <= set(FINAL_STATES)


def test_a_story_is_made_by_its_seed_alone() -> None:
    assert chance.story(30, 9, 5) == chance.story(30, 9, 5)
    assert chance.story(30, 9, 5).rounds != chance.story(30, 9, 6).rounds


def test_two_hundred_ventures_hold_everything_that_can_happen() -> None:
    story = chance.story(200, 40, 7)
    assert [len(r.ventures) for r in story.rounds] == [40] * 5
    assert all(len(set(r.panel)) == 7 for r in story.rounds)
    assert len({expert for r in story.rounds for expert in r.panel}) == 35
    ventures = [v for r in story.rounds for v in r.ventures]
    assert any(v.late for v in ventures)
    assert any(v.withdrawn for v in ventures)
    assert any(v.refused for v in ventures)
    assert any(v.returned and v.corrected for v in ventures)
    assert any(v.returned and not v.corrected for v in ventures)
    assert any(v.recused for v in ventures)
    assert any(v.recused_during for v in ventures)
    assert {v.objection.outcome for v in ventures if v.objection} == {"dismissed", "upheld"}
    assert any(v.midterm and not v.terminated for v in ventures)
    assert {v.terminated.when for v in ventures if v.terminated} == {
        "awarded",
        "in_delivery",
        "rectifying",
        "in_evaluation",
    }
    assert any(v.spend_percent < 100 for v in ventures)
    assert any(v.waived for v in ventures)
    assert any(
        a.scores == b.scores and a is not b for r in story.rounds for a in r.ventures for b in r.ventures
    )  # ties


@pytest.mark.parametrize(("ventures", "reviewers"), [(0, 7), (10, 2)])
def test_impossible_numbers_are_refused(db: None, ventures: int, reviewers: int) -> None:
    with pytest.raises(CommandError):
        call_command("simulate_round", ventures=ventures, reviewers=reviewers)


def test_either_a_file_or_a_number_of_ventures_is_needed(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("simulate_round")


def test_a_round_without_a_mid_term_comes_to_its_end(db: None) -> None:
    reference.load()
    story = chance.story(6, 5, 3)
    for round_ in story.rounds:
        round_.facts["has_mid_term"] = False
        round_.tranches = [
            {"label": "首期款", "percent": Decimal(60), "trigger": "agreement"},
            {"label": "余款", "percent": Decimal(40), "trigger": "closure"},
        ]
    rounds = play(story).rounds
    assert not unfinished(Round.objects.filter(pk__in=[r.pk for r in rounds]))
    assert not Report.objects.filter(kind=Report.Kind.MID_TERM).exists()
    require_laws()
