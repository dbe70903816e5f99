"""Jobs are rows: run once, seen while they run, retried, and taken from the dead."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from common import clock
from common.errors import Invalid
from common.machine.actors import SYSTEM
from common.models import Job, OutboxMessage
from common.work import heartbeat, jobs, outbox, tasks, worker
from tests.waiting import DEADLINE, wait_until

pytestmark = pytest.mark.engines

threads_meet = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handles() -> Iterator[Callable[..., str]]:
    """Register a handler for this test; returns its kind."""
    made: list[str] = []

    def register(handler: jobs.Handler) -> str:
        made.append(f"test.{uuid.uuid4().hex[:8]}")
        jobs.job(made[-1])(handler)
        return made[-1]

    yield register
    for kind in made:
        del jobs._handlers[kind]


@pytest.fixture
def fast_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_EVERY", 0.02)


@pytest.fixture
def embedded() -> Iterator[None]:
    worker.start_embedded()
    yield
    assert worker.stop_embedded()


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def work_until_stopped(progress: jobs.Progress) -> None:
    wait_until(lambda: progress(0, 1), "the job is told to stop, which its progress raises")


def make_stale(job: Job, **fields: Any) -> None:
    long_ago = timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, claim=uuid.uuid4(), heartbeat_at=long_ago, **{"attempts": 1, **fields}
    )


# --- Asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_tells_who_asked_for_what(handles: Any) -> None:
    kind = handles(lambda job, progress: {})
    job = jobs.enqueue(kind, {"round": 7}, by=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.params, job.requested_by_name, job.attempts) == ("queued", {"round": 7}, str(SYSTEM), 0)


@pytest.mark.django_db
def test_a_kind_that_nobody_handles_is_refused_when_asked_for_and_not_later() -> None:
    with pytest.raises(LookupError, match="no such kind"):
        jobs.enqueue("no such kind", {}, by=SYSTEM)
    assert not Job.objects.exists()


@threads_meet
def test_a_job_of_a_transaction_that_fails_never_existed(handles: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []
    monkeypatch.setattr(jobs, "call", called.append)
    kind = handles(lambda job, progress: {})

    @transaction.atomic
    def ask_and_fail() -> None:
        jobs.enqueue(kind, {}, by=SYSTEM)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert not Job.objects.exists()
    assert not called


@threads_meet
def test_a_call_that_goes_wrong_is_no_error_of_the_one_who_asked(handles: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "wake_worker", lambda *args: 1 / 0)
    with transaction.atomic():
        job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    assert Job.objects.get(pk=job.pk).state == "queued"


# --- Doing ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_runs_and_keeps_its_result(handles: Any) -> None:
    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        progress(3, 4)
        return {"rows": job.params["n"] * 2}

    job = jobs.enqueue(handles(handler), {"n": 21}, by=SYSTEM)
    assert jobs.run_pending() == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.percent, job.attempts, job.error) == ("done", {"rows": 42}, 100, 1, "")
    assert job.finished_at is not None


@threads_meet
def test_progress_is_seen_while_the_handler_is_inside_a_transaction(handles: Any, fast_heartbeats: None) -> None:
    seen = threading.Event()
    # SQLite has one writer: there a transaction of the handler would hold up the heartbeat, and everybody else.
    inside = nullcontext if connection.vendor == "sqlite" else transaction.atomic

    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        with inside():
            progress(30, 120)
            assert seen.wait(timeout=DEADLINE)
        return {}

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    thread = in_thread(lambda: jobs.run_job(job.pk))
    wait_until(lambda: Job.objects.get(pk=job.pk).done == 30, "the progress is on the row")
    job.refresh_from_db()
    assert (job.state, job.total, job.percent) == ("running", 120, 25)
    seen.set()
    thread.join()
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == ("done", 120, 100)


@pytest.mark.django_db
def test_a_failing_job_is_tried_three_times_and_then_failed_with_its_error(handles: Any) -> None:
    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        raise OSError("the disk is full")

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    begun = timezone.now()
    assert jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
    assert job.due_at >= begun + jobs.RETRY_AFTER
    assert jobs.run_pending() == 2
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 3, "OSError('the disk is full')")
    assert not jobs.run_job(job.pk)


@pytest.mark.django_db
def test_what_the_rules_forbid_is_not_tried_again_and_says_its_sentence(handles: Any) -> None:
    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        raise Invalid("A report needs a round.")

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    assert jobs.run_pending() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 1, "A report needs a round.")


@pytest.mark.django_db
def test_rows_of_the_handler_and_done_come_together_or_not_at_all(handles: Any) -> None:
    tries: list[int] = []

    def commit() -> None:
        tries.append(1)
        outbox.put("test", f"file {len(tries)}", {})
        if len(tries) == 1:
            raise OSError("after the row")

    job = jobs.enqueue(handles(lambda job, progress: jobs.Finish({"ok": True}, commit)), {}, by=SYSTEM)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, OutboxMessage.objects.count()) == ("queued", 0)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"ok": True})
    assert [m.key for m in OutboxMessage.objects.all()] == ["file 2"]


@threads_meet
def test_of_two_runners_of_one_job_one_runs_it(handles: Any) -> None:
    ran: list[int] = []
    refused: list[int] = []
    start = threading.Barrier(4)

    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        ran.append(1)
        wait_until(lambda: len(ran) > 1 or len(refused) == 3, "the other three have tried while this one runs")
        return {}

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)

    def race() -> None:
        start.wait()
        if not jobs.run_job(job.pk):
            refused.append(1)

    for thread in [in_thread(race) for _ in range(4)]:
        thread.join()
    job.refresh_from_db()
    assert (len(ran), job.state, job.attempts) == (1, "done", 1)


@threads_meet
def test_a_runner_that_was_taken_for_dead_finishes_nothing(handles: Any) -> None:
    """Both runners get to their end; only the one that holds the claim stores its row."""
    slow_may_end, both = threading.Event(), []

    def handler(job: Job, progress: jobs.Progress) -> jobs.Outcome:
        both.append(job.attempts)
        if job.attempts == 1:
            assert slow_may_end.wait(timeout=DEADLINE)
        key = f"attempt {job.attempts}"
        return jobs.Finish({"by": key}, lambda: outbox.put("test", key, {}))

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    slow = in_thread(lambda: jobs.run_job(job.pk))
    wait_until(lambda: both == [1], "the slow one runs")
    make_stale(job)
    assert jobs.run_job(job.pk)
    slow_may_end.set()
    slow.join()
    job.refresh_from_db()
    assert (both, job.state, job.result) == ([1, 2], "done", {"by": "attempt 2"})
    assert [m.key for m in OutboxMessage.objects.all()] == ["attempt 2"]


@threads_meet
def test_a_runner_that_lost_its_claim_stops_at_its_next_progress(handles: Any, fast_heartbeats: None) -> None:
    ended: list[str] = []

    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        Job.objects.filter(pk=job.pk).update(claim=uuid.uuid4())  # somebody else took it
        try:
            work_until_stopped(progress)
        except heartbeat.Lost:
            ended.append("lost")
            raise
        return {}

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (ended, job.state, job.error) == (["lost"], "running", "")


@threads_meet
def test_a_job_beyond_its_time_is_stopped_and_tried_again(handles: Any, fast_heartbeats: None, settings: Any) -> None:
    settings.CELERY_TASK_TIME_LIMIT = 0.1

    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        work_until_stopped(progress)
        return {}

    job = jobs.enqueue(handles(handler), {}, by=SYSTEM)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("queued", "Overdue()")


# --- Looking after ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_of_a_dead_runner_is_swept_and_finished_once(handles: Any) -> None:
    ran: list[int] = []
    job = jobs.enqueue(handles(lambda job, progress: ran.append(1) or {"n": len(ran)}), {}, by=SYSTEM)
    make_stale(job)
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.claim) == ("queued", None)
    jobs.run_pending()
    jobs.sweep()
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == ("done", 2, {"n": 1})


@pytest.mark.django_db
def test_a_job_with_a_beating_heart_is_left_alone(handles: Any) -> None:
    job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    make_stale(job)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
    jobs.sweep()
    assert not jobs.run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == "running"


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_fails_in_the_end(handles: Any) -> None:
    job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    make_stale(job, attempts=jobs.MAX_ATTEMPTS)
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "the worker died in every attempt")


@pytest.mark.django_db
def test_a_played_year_makes_no_worker_look_dead(handles: Any) -> None:
    with clock.at(datetime(2020, 3, 1, tzinfo=UTC)):
        job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
        jobs._claim(job.pk)
    jobs.sweep()
    job.refresh_from_db()
    assert (job.created_at.year, job.state) == (2020, "running")


@pytest.mark.django_db
def test_an_unanswered_call_is_repeated_but_not_at_every_sweep(handles: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []
    monkeypatch.setattr(jobs, "call", lambda pk: called.append(pk) or True)
    job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    assert [jobs.sweep(), jobs.sweep()] == [1, 0]
    assert called == [job.pk]


@pytest.mark.django_db
def test_while_the_broker_is_down_asking_works_and_the_sweep_calls_later(
    handles: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The broker's door is `send_task`; the drills do the same with a real one."""
    settings.EMBEDDED_WORKER = False
    monkeypatch.setattr(worker, "_broker_down_until", 0.0)
    sent: list[Any] = []
    down = True

    def broker(task: str, args: Any, **how: Any) -> None:
        assert how["retry"] is False  # a request does not wait for the broker to come back
        sent.append(args)
        if down:
            raise ConnectionRefusedError

    monkeypatch.setattr(worker.current_app, "send_task", broker)
    job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    assert not jobs.call(job.pk)
    assert not jobs.call(job.pk)
    assert jobs.sweep() == 0
    assert len(sent) == 1  # only the first one paid for the try

    down = False
    monkeypatch.setattr(worker, "_broker_down_until", 0.0)
    assert jobs.sweep() == 1
    assert sent[-1] == (str(job.pk),)


# --- The worker in this process ---------------------------------------------------------------------------------------


@threads_meet
def test_the_embedded_worker_is_called_and_does_not_wait_for_the_sweeper(
    handles: Any, monkeypatch: pytest.MonkeyPatch, embedded: None
) -> None:
    monkeypatch.setattr(tasks, "sweep", lambda: None)
    job = jobs.enqueue(handles(lambda job, progress: {}), {}, by=SYSTEM)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == "done", "the worker has done it")


@threads_meet
def test_stopping_the_worker_gives_the_job_back_and_does_not_count_the_attempt(handles: Any) -> None:
    def handler(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        if job.params["first"] and not restarted.is_set():
            work_until_stopped(progress)
        return {}

    restarted = threading.Event()
    worker.start_embedded()
    job = jobs.enqueue(handles(handler), {"first": True}, by=SYSTEM)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == "running", "the worker has begun")
    assert worker.stop_embedded()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
    restarted.set()
    [job] = jobs.wait_for([job], timeout=DEADLINE)
    assert (job.state, job.attempts) == ("done", 1)
    assert not worker.is_running()


@threads_meet
def test_wait_for_gives_up_in_time(handles: Any) -> None:
    job = jobs.enqueue("common.sleep", {"seconds": 60}, by=SYSTEM)
    with pytest.raises(TimeoutError):
        jobs.wait_for([job], timeout=0.5)


@pytest.mark.django_db
def test_wait_for_inside_a_transaction_runs_the_jobs_itself(handles: Any) -> None:
    job = jobs.enqueue(handles(lambda job, progress: {"n": 1}), {}, by=SYSTEM)
    [job] = jobs.wait_for([job])
    assert job.result == {"n": 1}


@threads_meet
def test_many_threads_write_beside_the_worker_and_nobody_finds_the_database_locked(
    handles: Any, embedded: None, caplog: pytest.LogCaptureFixture
) -> None:
    """8 threads ask for 10 jobs each with 10 messages, while the worker, its hearts and its sweeper write too."""
    made: list[Job] = []
    errors: list[Exception] = []

    def commit(job: Job) -> None:
        outbox.put("test", f"done {job.pk}", {})

    kind = handles(lambda job, progress: jobs.Finish({}, lambda: commit(job)))

    def ask(who: int) -> None:
        try:
            for n in range(10):
                with transaction.atomic():
                    outbox.put("test", f"asked {who} {n}", {})
                    made.append(jobs.enqueue(kind, {}, by=SYSTEM))
        except Exception as e:
            errors.append(e)

    for thread in [in_thread(lambda who=who: ask(who)) for who in range(8)]:
        thread.join()
    assert not errors
    done = jobs.wait_for(made, timeout=DEADLINE)
    assert [j.state for j in done] == ["done"] * 80
    assert [j.attempts for j in done] == [1] * 80
    wait_until(lambda: not OutboxMessage.objects.filter(sent_at=None).exists(), "every message is sent")
    assert OutboxMessage.objects.count() == 160
    assert "locked" not in caplog.text
