from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from common import clock
from rounds.models import Series
from rounds.states import RoundState
from tests.factories import a_round, a_user, moment


@pytest.fixture(autouse=True)
def in_november_2020() -> Iterator[None]:
    with clock.at(moment("2020-11-20 10:00")):
        yield


@pytest.fixture
def world(db: Any) -> SimpleNamespace:
    """The round that is shown (首届红色创投), the one that is launched (第四届公益创投), and the staff."""
    public_benefit = Series.objects.create(code="GY", name="公益创投")
    return SimpleNamespace(
        shown=a_round(RoundState.IN_DELIVERY, edition=1),
        launched=a_round(RoundState.PREPARING, series=public_benefit, edition=4),
        **{role: a_user(role) for role in ("clerk", "manager", "finance", "applicant")},
    )
