"""Rounds in review, as fixtures."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.reviews.steps import Panelled, panelled


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the code, whatever the translation says today."""
    with translation.override("en"):
        yield


@pytest.fixture
def begun(db: None) -> Callable[..., Panelled]:
    """begun(experts=…, ventures=…): a round whose review has just begun."""
    return lambda **fields: panelled(**fields).begin()


@pytest.fixture
def prepared(db: None) -> Callable[..., Panelled]:
    """The same just before the review begins."""
    return panelled


@pytest.fixture
def scored(begun: Callable[..., Panelled]) -> Callable[..., Panelled]:
    """scored(90, 80, …, requested=(…)): one venture per total, each scored by three experts alike."""

    def make(*totals: float, **fields: Any) -> Panelled:
        p = begun(experts=3, **{"ventures": len(totals), **fields})
        for n, total in enumerate(totals):
            p.score([total] * 3, venture=n)
        return p

    return make
