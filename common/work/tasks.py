"""Celery tasks: thin, idempotent, may come twice or never (the rows are the truth)."""

from celery import shared_task

from common.files.storing import sweep_now_and_then
from common.work import jobs, outbox, periodic
from common.work.worker import DRAIN_OUTBOX, RUN_JOB, SWEEP


@shared_task(name=DRAIN_OUTBOX)
def drain_outbox() -> int:
    """Send what is due in the outbox."""
    return outbox.drain()


@shared_task(name=RUN_JOB)
def run_job(job_id: str) -> bool:
    """Run one job, if it is still to be run."""
    return jobs.run_job(job_id)


@shared_task(name=SWEEP)
def sweep() -> int:
    """What the sweeper thread does beside every worker: late messages, jobs of dead workers, unanswered calls; now and
    then files that no row knows, and what rooms do by the clock."""
    return outbox.drain() + jobs.sweep() + sweep_now_and_then() + periodic.run_due()
