"""The sheets of one workbook tell of one moment, whatever is written while they are read."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from common.snapshot import snapshot
from common.work.jobs import wait_for
from reports.actions import request_workbook
from reports.audience import Audience
from reports.models import Workbook
from reports.queries import scope_of
from tests.reports import data
from tests.waiting import DEADLINE
from ventures.states import State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def elsewhere(do: Callable[[], Any]) -> None:
    """On a connection of its own, committed."""

    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=DEADLINE)


@pytest.mark.postgres
def test_what_is_written_meanwhile_is_not_in_the_workbook() -> None:
    world = data.empty_world()
    scope = scope_of(world.round, world.city, data.AS_OF, Audience.REVIEW)
    with snapshot():
        assert scope.ventures().count() == 0
        elsewhere(lambda: data.venture(world, 1, State.SUBMITTED))
        assert scope.ventures().count() == 0
    assert scope.ventures().count() == 1


def test_a_workbook_is_made_outside_of_any_transaction_too() -> None:
    world = data.empty_world()
    job = request_workbook(world.round, by=data.user("clerk", data.Role.CLERK))
    wait_for([job], timeout=DEADLINE)
    assert Workbook.objects.get(job=job).sheets
