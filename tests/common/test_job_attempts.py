import pytest

from common.machine.actors import SYSTEM
from common.models import Job
from common.work import jobs

pytestmark = pytest.mark.engines


@pytest.mark.django_db
def test_a_job_beyond_its_attempts_is_not_claimed() -> None:
    job = jobs.enqueue("common.sleep", {"seconds": 0}, by=SYSTEM)
    Job.objects.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS)
    assert not jobs.run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == "queued"
