"""Rounds in review, as fixtures."""

from collections.abc import Callable, Iterator

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
