"""Long work as rows. The row is the truth; a message to a worker is only a call and may get lost or come twice.

A handler is registered under a kind and gets the job and a way to tell how far it is:

    @job("reports.workbook")
    def make_workbook(job: Job, progress: Progress) -> Outcome:
        for n, row in enumerate(rows):
            progress(n, len(rows))
        return Finish({"rows": n}, commit=lambda: Workbook.objects.create(job=job, ...))

The claim (a fresh UUID on the row) makes two runners of one job harmless: everything a runner writes says
`WHERE claim = mine`, so that the one who lost the row stops, and exactly one finishes.

Times of calls and heartbeats are real time, not `common.clock.now`: they ask whether a process is alive, and a simulation
that plays 2020 would make every worker look dead for years. Heartbeats are told and compared by the clock of the database:
of two servers whose clocks differ neither takes the other for dead.
"""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from common import clock
from common.errors import DomainError
from common.machine.actors import stamp
from common.models import Job
from common.work import outbox, worker
from common.work.heartbeat import Heartbeat, Interrupted, Lost, owned

log = logging.getLogger("hongchuang.jobs")

MAX_ATTEMPTS = 3
STALE_AFTER = timedelta(seconds=30)  # without a heartbeat for so long, the runner is dead
CALL_AGAIN_AFTER = timedelta(seconds=30)  # a call that nobody answered is repeated
RETRY_AFTER = timedelta(seconds=5)  # times the number of attempts so far
ERROR_LENGTH = 4000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finish:
    """What a handler returns to store rows together with DONE: `commit()` runs inside the finishing transaction,
    once, and only if the job still belongs to this runner. If it raises, neither is stored and the attempt failed."""

    result: dict[str, Any] = field(default_factory=dict)
    commit: Callable[[], Any] = lambda: None


Outcome = dict[str, Any] | Finish
Handler = Callable[[Job, Progress], Outcome]
_handlers: dict[str, Handler] = {}
_runner = ""  # the name of the process that serves a folder alone; others have none


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of `kind`. Its module is imported in the AppConfig.ready of its room.

    The handler may run more than once (killed, retried), so what it leaves behind before its `Finish` must be
    harmless, e.g. a file under a random name. Params and result are JSON.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


# --- Asking for work --------------------------------------------------------------------------------------------------


def enqueue(kind: str, params: dict[str, Any], *, by: Any) -> Job:
    """Store a job in the caller's transaction and call a worker after it commits. LookupError: no handler of `kind`."""
    if kind not in _handlers:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    row = Job.objects.create(kind=kind, params=params, **stamp(by, "requested_by"))
    # robust: the job is saved; whatever goes wrong with the call is no reason for an error page. The sweeper comes.
    transaction.on_commit(lambda: call(row.pk), robust=True)
    return row


def enqueue_once(kind: str, key: str, *, by: Any) -> Job | None:
    """The same for work that many ask for and that is done once under this key; None when somebody has asked before."""
    asked = {"kind": kind, **stamp(by, "requested_by")}
    row, is_new = Job.objects.get_or_create(pk=uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}:{key}"), defaults=asked)
    if is_new:
        transaction.on_commit(lambda: call(row.pk), robust=True)
    return row if is_new else None


def call(job_id: uuid.UUID) -> bool:
    """Call a worker to the job; False when none could be reached."""
    return worker.wake_worker(worker.RUN_JOB, str(job_id))


def wait_for(jobs: Sequence[Job], timeout: float = 600) -> list[Job]:
    """For commands: come back with fresh rows when all `jobs` are done or failed; TimeoutError after `timeout` seconds.

    Embedded without a worker in this process, one is started for as long as this takes. Inside a transaction nobody
    else sees the rows: they are run right here. Also sends what is in the outbox.
    """
    ids = [j.pk for j in jobs]
    if connection.in_atomic_block:
        run_pending(ids)
        outbox.drain()
        return list(Job.objects.filter(pk__in=ids))
    with worker.running_worker():
        deadline = time.monotonic() + timeout
        while (rows := Job.objects.filter(pk__in=ids)).filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"jobs not finished after {timeout} seconds")
            time.sleep(0.1)
    while outbox.drain():
        pass
    return list(rows.all())


def run_pending(ids: Sequence[uuid.UUID] | None = None) -> int:
    """Run waiting jobs (all, or these) in this thread until none is left, failing ones to the end; how many runs."""
    waiting = Job.objects.filter(state=Job.State.QUEUED).order_by("created_at")
    if ids is not None:
        waiting = waiting.filter(pk__in=ids)
    runs = 0
    while (pk := waiting.values_list("pk", flat=True).first()) is not None:
        runs += run_job(pk)
    return runs


# --- Doing it ---------------------------------------------------------------------------------------------------------


def run_job(job_id: uuid.UUID | str) -> bool:
    """Claim the job and run it to its end. False when there was nothing to claim. Never raises for the handler."""
    mine = _claim(job_id)
    if mine is None:
        return False
    try:
        with Heartbeat(mine) as heartbeat:
            outcome = _handlers[mine.kind](mine, heartbeat.progress)
        _finish(mine, heartbeat, outcome if isinstance(outcome, Finish) else Finish(outcome))
    except Lost:
        log.warning("job %s went to another runner", mine)
    except Interrupted:
        owned(mine).update(state=Job.State.QUEUED, claim=None, attempts=F("attempts") - 1, due_at=timezone.now())
        log.info("job %s goes back to the queue", mine)
    except Exception as e:
        log.exception("job %s, attempt %s", mine, mine.attempts)
        _fail(mine, e)
    return True


def _claim(job_id: uuid.UUID | str) -> Job | None:
    claim = uuid.uuid4()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, heartbeat_at__lt=Now() - STALE_AFTER)
    claimed = Job.objects.filter(free, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
        state=Job.State.RUNNING,
        claim=claim,
        attempts=F("attempts") + 1,
        heartbeat_at=Now(),
        done=0,
        total=0,
        runner=_runner,
    )
    return Job.objects.filter(pk=job_id, claim=claim).first() if claimed else None


def _finish(mine: Job, heartbeat: Heartbeat, outcome: Finish) -> None:
    with transaction.atomic():
        # The UPDATE comes first: it locks the row, so that a second runner waits here and then finds no claim.
        if not owned(mine).update(
            state=Job.State.DONE,
            done=heartbeat.total,
            total=heartbeat.total,
            result=outcome.result,
            error="",
            finished_at=clock.now(),
        ):
            raise Lost
        outcome.commit()


def _fail(mine: Job, error: Exception) -> None:
    # What the rules forbid stays forbidden; everything else may have been a passing trouble.
    final = mine.attempts >= MAX_ATTEMPTS or isinstance(error, DomainError)
    text = (str(error) if isinstance(error, DomainError) else repr(error))[:ERROR_LENGTH]
    if final:
        owned(mine).update(state=Job.State.FAILED, error=text, finished_at=clock.now())
    else:
        due = timezone.now() + RETRY_AFTER * mine.attempts
        owned(mine).update(state=Job.State.QUEUED, claim=None, error=text, due_at=due)


# --- Looking after it -------------------------------------------------------------------------------------------------


def sweep() -> int:
    """Take jobs from dead runners and repeat calls that nobody answered. Returns how many workers were called."""
    give_back(Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=Now() - STALE_AFTER))
    called = 0
    now = timezone.now()
    due = Job.objects.filter(state=Job.State.QUEUED, due_at__lte=now)
    for pk in list(due.order_by("created_at").values_list("pk", flat=True)[:100]):
        # Several workers sweep: who moves the date, calls.
        if due.filter(pk=pk).update(due_at=now + CALL_AGAIN_AFTER) and not call(pk):
            Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(due_at=now)
            break  # Nobody can be reached now; the next sweep tries again.
        called += 1
    return called


def give_back(running: Any) -> int:
    """Put RUNNING jobs, whose runners are known to be dead, back into the queue; those lost too often fail."""
    if not running.exists():  # An empty UPDATE would still take SQLite's only write lock.
        return 0
    exhausted = running.filter(attempts__gte=MAX_ATTEMPTS)
    lost = exhausted.update(
        state=Job.State.FAILED, claim=None, error="the worker died in every attempt", finished_at=clock.now()
    )
    back = running.update(state=Job.State.QUEUED, claim=None, due_at=timezone.now())
    log.warning("%s jobs of dead workers are queued again, %s have failed", back, lost)
    return int(back)


def adopt_orphans(name: str) -> int:
    """At the start of the only process of this name: what it was running when it died is an orphan. Jobs of others may be
    alive on another machine; if not, their heartbeat says so (`sweep`)."""
    global _runner
    _runner = name
    return give_back(Job.objects.filter(state=Job.State.RUNNING, runner=name))


@job("common.sleep")
def sleep(job: Job, progress: Progress) -> Outcome:
    """Diagnosis: sleep `seconds` in steps of a tenth, to see workers, progress, kills and restarts without any data."""
    steps = round(job.params["seconds"] * 10)
    for step in range(steps):
        progress(step, steps)
        time.sleep(0.1)
    progress(steps, steps)
    return {"slept": job.params["seconds"]}
