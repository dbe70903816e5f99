"""The worker's handle on summaries: thin."""

from common.jobs import Outcome, Progress, job
from common.models import Job
from reports import actions


@job(actions.KIND)
def workbook(job: Job, progress: Progress) -> Outcome:
    return actions.make_workbook(job, progress)
