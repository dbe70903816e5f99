"""Celery tasks: thin, idempotent, may come twice or never (the rows are the truth)."""

from celery import shared_task

from common import jobs, outbox, periodic
from common.files.storing import sweep_now_and_then


@shared_task(name="common.drain_outbox")
def drain_outbox() -> int:
    """Send what is due in the outbox."""
    return outbox.drain()


@shared_task(name="common.run_job")
def run_job(job_id: str) -> bool:
    """Run one job, if it is still to be run."""
    return jobs.run_job(job_id)


@shared_task(name="common.sweep")
def sweep() -> int:
    """What the sweeper thread does beside every worker: late messages, jobs of dead workers, unanswered calls; now and
    then files that no row knows, and what rooms do by the clock."""
    return outbox.drain() + jobs.sweep() + sweep_now_and_then() + periodic.run_due()
