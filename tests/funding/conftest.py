from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from common import clock
from tests.funding.steps import NOW, make_world


@pytest.fixture(autouse=True)
def in_june_2020() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def world(db: Any) -> SimpleNamespace:
    return make_world()


@pytest.fixture
def racing_world(transactional_db: Any) -> SimpleNamespace:
    """For threads: rows are committed."""
    return make_world()
