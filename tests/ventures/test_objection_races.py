"""Rulings, objections and savings side by side: nobody waits for ever and no venture is left hanging."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from rounds.models import Round
from tests.waiting import DEADLINE, somebody_waits_for_this_transaction, wait_until
from tests.web.desk_world import an_objection, make_desk, on_notice, planted
from ventures import actions
from ventures.models import Objection
from ventures.notices import actions as room
from ventures.states import State

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def in_thread(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


def test_of_two_rulings_at_once_the_second_lets_the_notice_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    venture, notice = on_notice(desk, state=State.OBJECTED)
    both = [an_objection(venture, notice, state=Objection.State.ADMITTED) for __ in range(2)]
    recorded: list[int] = []
    write = room.record

    def record_together(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        recorded.append(1)
        wait_until(
            lambda: len(recorded) == 2 or somebody_waits_for_this_transaction(),
            "the other one has ruled as well, or waits for our venture",
        )

    monkeypatch.setattr(room, "record", record_together)
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda o: in_thread(lambda: actions.dismiss_objection(o, by=desk.manager, ruling="查无实据")), both
            )
        )
    venture.refresh_from_db()
    assert venture.state == State.ON_NOTICE


def test_saving_a_draft_does_not_wait_for_somebody_who_works_on_the_round() -> None:
    desk = make_desk()
    draft = planted(desk, State.DRAFT)
    locked, done = Event(), Event()

    @transaction.atomic
    def work_on_the_round() -> None:
        Round.objects.select_for_update().get(pk=desk.round.pk)
        locked.set()
        done.wait(timeout=DEADLINE)

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(in_thread, work_on_the_round)
        assert locked.wait(timeout=DEADLINE)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            actions.save_draft(draft, by=desk.applicant, values={"title": "改过的题目"})
        finally:
            done.set()
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 0")
        working.result()
    draft.refresh_from_db()
    assert draft.title == "改过的题目"
