"""The outbox: with the transaction, once each, and no message waits for another."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts.models import Notification
from common import clock
from common.models import OutboxMessage
from common.work import outbox
from tests.factories import a_user

pytestmark = pytest.mark.engines

Sent = list[str]


@pytest.fixture
def handles() -> Iterator[Callable[[outbox.Handler], None]]:
    """Register a receiver of messages of kind "test" for this test."""
    yield lambda handler: outbox.handles("test")(handler)
    outbox._handlers.pop("test", None)


@pytest.fixture
def sent(handles: Callable[[outbox.Handler], None]) -> Sent:
    keys: Sent = []
    handles(lambda key, payload: keys.append(key))
    return keys


def make_due() -> None:
    OutboxMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_message_is_sent_once_though_drained_twice(sent: Sent) -> None:
    outbox.put("test", "a", {})
    assert [outbox.drain(), outbox.drain()] == [1, 0]
    assert sent == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_message_is_sent_once_though_many_drain_at_the_same_time(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 1)  # so that they meet at every message
    outbox.put_many("test", [(f"m{n}", {}) for n in range(20)])
    start = threading.Barrier(4)

    def drain() -> None:
        start.wait()
        try:
            outbox.drain()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == sorted(f"m{n}" for n in range(20))
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_a_failing_message_does_not_hold_up_the_others(handles: Callable[[outbox.Handler], None]) -> None:
    sent: Sent = []

    def handler(key: str, payload: dict[str, Any]) -> None:
        if key == "bad":
            OutboxMessage.objects.create(kind="other", key="half done")
            raise OSError("no such mailbox")
        sent.append(key)

    handles(handler)
    outbox.put_many("test", [("a", {}), ("bad", {}), ("b", {})])
    assert outbox.drain() == 2
    assert sent == ["a", "b"]
    bad = OutboxMessage.objects.get(key="bad")
    assert (bad.sent_at, bad.attempts, bad.error) == (None, 1, "OSError('no such mailbox')")
    assert not OutboxMessage.objects.filter(key="half done").exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_that_fails_at_the_commit_does_not_hold_up_the_others(
    handles: Callable[[outbox.Handler], None],
) -> None:
    someone = a_user().pk

    def handler(key: str, payload: dict[str, Any]) -> None:  # the database checks foreign keys last
        Notification.objects.create(user_id=payload["user"], key=key, text=key)

    handles(handler)
    outbox.put_many("test", [("a", {"user": someone}), ("bad", {"user": 10**9}), ("b", {"user": someone})])
    assert outbox.drain() == 2
    assert sorted(Notification.objects.values_list("key", flat=True)) == ["a", "b"]
    bad = OutboxMessage.objects.get(key="bad")
    assert (bad.sent_at, bad.attempts) == (None, 1)
    assert "IntegrityError" in bad.error


@pytest.mark.django_db(transaction=True)
def test_an_effect_outside_the_database_has_no_transaction_around_it(
    monkeypatch: pytest.MonkeyPatch, handles: Callable[[outbox.Handler], None]
) -> None:
    monkeypatch.setattr(outbox, "_outside", {"slow"})
    monkeypatch.setitem(outbox._handlers, "slow", [lambda key, payload: seen.append((key, connection.in_atomic_block))])
    seen: list[tuple[str, bool]] = []
    handles(lambda key, payload: seen.append((key, connection.in_atomic_block)))
    outbox.put("slow", "mail", {})
    outbox.put("test", "a", {})
    assert outbox.drain() == 2
    assert seen == [("a", True), ("mail", False)]


@pytest.mark.django_db
def test_more_messages_than_a_batch_go_out_in_one_go_but_no_more_than_the_limit(sent: Sent) -> None:
    outbox.put_many("test", [(f"{n:03}", {}) for n in range(3 * outbox.BATCH)])
    limit = 2 * outbox.BATCH + 5
    assert outbox.drain(limit) == limit
    assert sent == [f"{n:03}" for n in range(limit)]
    assert outbox.drain() == outbox.BATCH - 5


@pytest.mark.django_db
def test_what_a_message_leaves_is_dated_like_what_it_tells_of(handles: Callable[[outbox.Handler], None]) -> None:
    seen: list[Any] = []
    handles(lambda key, payload: seen.append(clock.now()))
    then = timezone.now() - timedelta(days=2000)
    with clock.at(then):
        outbox.put("test", "a", {})
    outbox.drain()
    assert seen == [then]
    sent_at = OutboxMessage.objects.get().sent_at
    assert sent_at
    assert sent_at > then + timedelta(days=1999)


@pytest.mark.django_db
def test_a_failing_message_waits_longer_each_time_and_is_left_alone_in_the_end(
    handles: Callable[[outbox.Handler], None],
) -> None:
    def handler(key: str, payload: dict[str, Any]) -> None:
        raise OSError

    handles(handler)
    outbox.put("test", "bad", {})
    waits = []
    for _ in range(outbox.MAX_ATTEMPTS + 2):
        make_due()
        outbox.drain()
        waits.append(round((OutboxMessage.objects.get().due_at - timezone.now()).total_seconds()))
    assert waits[:4] == [5, 20, 80, 320]
    assert OutboxMessage.objects.get().attempts == outbox.MAX_ATTEMPTS


@pytest.mark.django_db
def test_a_message_whose_sender_died_is_sent_after_its_lease(sent: Sent) -> None:
    outbox.put("test", "a", {})
    OutboxMessage.objects.update(due_at=timezone.now() + outbox.LEASE)  # as the sender left it
    assert outbox.drain() == 0
    make_due()
    assert outbox.drain() == 1
    assert sent == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_wakes_the_sender_once_and_only_if_it_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[int] = []
    monkeypatch.setattr("common.work.worker.wake_worker", lambda task, *args: woken.append(1))

    @transaction.atomic
    def put_and_fail() -> None:
        outbox.put("test", "never", {})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_fail()
    assert (woken, OutboxMessage.objects.count()) == ([], 0)
    with transaction.atomic():
        outbox.put("test", "a", {})
        outbox.put("test", "b", {})
    assert (woken, OutboxMessage.objects.count()) == ([1], 2)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, sent: Sent) -> Iterator[list[bool]]:
    """A worker in this process, and what was answered to each call."""
    called: list[bool] = []
    monkeypatch.setattr("common.work.worker.is_running", lambda: True)
    monkeypatch.setattr("common.work.worker.wake_worker", lambda task, *args: called.append(True) or True)
    outbox._called.clear()
    yield called
    outbox._called.clear()


@pytest.mark.django_db(transaction=True)
def test_a_sender_in_this_process_is_woken_once_until_it_looks(calls: list[bool], sent: Sent) -> None:
    for key in "abc":
        outbox.put("test", key, {})
    assert (calls, sent) == ([True], [])
    outbox.drain()
    assert sent == ["a", "b", "c"]
    outbox.put("test", "d", {})
    assert calls == [True, True]


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_writes_messages_while_it_sends_is_woken_for_them(
    calls: list[bool], handles: Callable[[outbox.Handler], None]
) -> None:
    handles(lambda key, payload: outbox.put("later", "b", payload) if key == "a" else None)
    outbox.put("test", "a", {})
    outbox.drain()
    assert calls == [True, True]


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_could_not_be_called_is_called_with_the_next_message(
    calls: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.work.worker.wake_worker", lambda task, *args: calls.append(False))
    outbox.put("test", "a", {})
    outbox.put("test", "b", {})
    assert calls == [False, False]
