import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.house import House, Template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    template = Template(tmp_path_factory.mktemp("template"))
    yield template
    template.drop()


@pytest.fixture
def house(tmp_path: Path, template: Template) -> Iterator[House]:
    """A migrated installation with everything in one process."""
    house = House(tmp_path, **template.copy(tmp_path))
    yield house
    house.end()


@pytest.fixture
def house_with_broker(tmp_path: Path, template: Template, broker: str) -> Iterator[House]:
    """A migrated installation with a broker; its queue is its own, because other runs may share the broker."""
    house = House(
        tmp_path,
        BROKER_URL=broker,
        DRILL_QUEUE=f"drill-{uuid.uuid4().hex[:12]}",
        DJANGO_SETTINGS_MODULE="tests.drills.settings",
        **template.copy(tmp_path),
    )
    yield house
    house.end()
    _delete_queue(broker, house.env["DRILL_QUEUE"])


def _delete_queue(broker: str, queue: str) -> None:
    from kombu import Connection

    with Connection(broker) as c:
        c.default_channel.queue_delete(queue)
        if broker.startswith("amqp"):
            c.default_channel.exchange_delete(queue)
