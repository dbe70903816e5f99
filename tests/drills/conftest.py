import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import parts
from tests.drills.backing_up import back_up, people
from tests.drills.house import House, Template
from tests.waiting import DEADLINE


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


@pytest.fixture(scope="session")
def programs(django_db_setup: None, django_db_blocker: Any) -> dict[str, str]:
    if connection.vendor == "sqlite":
        return {}
    with django_db_blocker.unblock():
        return {"PG_BIN": parts.postgres_programs()}


@pytest.fixture(scope="session")
def at_work(tmp_path_factory: pytest.TempPathFactory, template: Template, programs: dict[str, str]) -> Iterator[House]:
    """An installation with a draft, a file and an administrator."""
    var = tmp_path_factory.mktemp("at-work")
    house = House(var, **template.copy(var), **programs)
    people(house, "prepare").communicate(timeout=DEADLINE)
    yield house
    house.end()


@pytest.fixture(scope="session")
def whole(at_work: House) -> Path:
    """A set of it."""
    return back_up(at_work)
