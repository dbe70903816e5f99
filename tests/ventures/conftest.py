import pytest

from tests.fixtures import in_english, people  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def _sentences_in_english(in_english: None) -> None:  # noqa: F811
    pass
