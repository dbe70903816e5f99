"""The worker's handle on summaries: thin."""

from common.models import Job
from common.work.jobs import Outcome, Progress, job
from reports import actions


@job(actions.KIND)
def workbook(job: Job, progress: Progress) -> Outcome:
    return actions.make_workbook(job, progress)
