"""Templates of real rounds are played from call to closure: what set-up takes, the rest of the house carries to the end."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from common.money import ZERO
from funding.models import Award
from rounds.models import Round
from rounds.round_format.library import published
from rounds.states import RoundState
from simulation import chance
from simulation.from_template import budget, moved, weeks_longer
from simulation.story import SimulationError
from tests.corpus.draw import WHOLE, one_of
from tests.simulation.conftest import simulate
from ventures.application.content.fields import forget_forms
from ventures.states import State

# 恩施 names the years 2023 and 2024 of the inspection; the play is of 2021.
LATER_THAN_THE_PLAY = {"enshi-2025"}
PLAYED = [t.key for t in published() if t.key not in LATER_THAN_THE_PLAY]
OVER = {
    State.CLOSED,
    State.TERMINATED,
    State.NOT_SELECTED,
    State.NOT_ACCEPTED,
    State.LAPSED,
    State.CANCELLED,
}


@pytest.fixture(autouse=True)
def forms_are_read_anew() -> None:
    forget_forms()


@pytest.mark.django_db
@pytest.mark.parametrize("key", PLAYED if WHOLE else [one_of(PLAYED, "template")])
def test_a_template_is_played_to_closure_with_its_money_conserved(key: str, tmp_path: Path) -> None:
    """The command ends with the laws of the data and makes the workbooks."""
    simulate(tmp_path, template=key, ventures=60 if WHOLE else 10, seed=7)
    round_ = Round.objects.get()
    assert round_.state == RoundState.CLOSED
    assert {v.state for v in round_.ventures.all()} <= OVER
    awards = list(Award.objects.filter(venture__round=round_))
    for award in awards:
        assert award.paid == award.spent + award.returned + award.recovered, award
    assert ZERO < sum((award.amount for award in awards), ZERO) <= round_.budget
    assert list((tmp_path / "out").glob("*.xlsx"))


def test_a_notice_of_fifteen_calendar_days_moves_the_days_behind_it_by_two_weeks() -> None:
    assert {t.key: weeks_longer(t) for t in published() if weeks_longer(t)} == {"shanghai": 2}
    days = moved({"published_on": "2021-03-16", "awarded_on": "2021-03-24", "second_awarded_on": "2021-04-02"}, 2)
    assert [f"{day:%m-%d}" for day in days.values()] == ["03-16", "04-07", "04-30"]


def test_a_budget_that_can_not_keep_the_rules_is_told() -> None:
    story = chance.story(1, 3, 1).rounds[0]
    story.budget_rules = [{"heads": [head["name"]], "max_percent": Decimal(10)} for head in story.budget_heads]
    with pytest.raises(SimulationError, match="no head without a limit"):
        budget(Decimal(10_000), story, Random(1))


@pytest.mark.django_db
def test_a_template_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(CommandError, match="zibo-2020"):
        call_command("simulate_round", template="nowhere", ventures=5)
