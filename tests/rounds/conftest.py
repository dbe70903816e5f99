"""For actions a round with its people, for pages the desk; both have a round that is being set up."""

from collections.abc import Iterator

import pytest

from common.clock import at
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_platform, a_round
from tests.fixtures import desk, in_english, people  # noqa: F401  (fixtures)
from tests.rounds.setting_up import MARCH


@pytest.fixture
def in_march() -> Iterator[None]:
    """A day whose working-day calendar is published, whenever the tests run."""
    with at(MARCH):
        yield


@pytest.fixture
def preparing(db: None) -> Round:
    return a_round(RoundState.PREPARING, platform=a_platform())
