from collections.abc import Iterator
from typing import Any

import pytest

from common.work import outbox

pytestmark = pytest.mark.engines


@pytest.fixture
def on_their_way() -> Iterator[list[str]]:
    """Keys of messages that were sent; while the first is on its way, somebody else drains."""
    sent: list[str] = []

    @outbox.handles("slowly", outside=True)
    def send(key: str, payload: dict[str, Any]) -> None:
        sent.append(key)
        if len(sent) == 1:
            outbox.drain()

    yield sent
    outbox._handlers.pop("slowly")
    outbox._outside.discard("slowly")


@pytest.mark.django_db
def test_a_message_that_is_on_its_way_is_not_sent_by_somebody_else(on_their_way: list[str]) -> None:
    outbox.put("slowly", "a", {})
    outbox.drain()
    assert on_their_way == ["a"]
