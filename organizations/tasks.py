"""The worker's handle on imports: thin."""

from common.models import Job
from common.work.jobs import Finish, Progress, job
from organizations.actions import importing


@job(importing.CHECK)
def check(job: Job, progress: Progress) -> Finish:
    return importing.check_import(job, progress)


@job(importing.STORE)
def store(job: Job, progress: Progress) -> Finish:
    return importing.import_register(job, progress)
