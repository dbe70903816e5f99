"""Work by the clock: thin."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from accounts.actions.reminding import remind_by_the_calendar
from accounts.actions.second_person import expire_overdue
from common.clock import today
from common.models import Job
from common.work.jobs import Progress, job
from common.work.nightly import HOUR, ask_of_the_day
from common.work.periodic import every

REMIND = "accounts.remind"
REMIND_FROM = 7  # o'clock: read when the day begins, not at night


@every(HOUR)
def expire_requests() -> int:
    return expire_overdue()


@every(HOUR)
def ask_for_the_reminders_of_the_day() -> int:
    """Once a day, however many processes ask."""
    return ask_of_the_day(REMIND, from_hour=REMIND_FROM)


@job(REMIND)
def remind(job: Job, progress: Progress) -> dict[str, int]:
    """What days that were missed (the machine was off) asked for is made up for, once."""
    return {"told": remind_by_the_calendar(_reminded_until(job))}


def _reminded_until(job: Job) -> date:
    """The last day that is done with; at the very first time yesterday, so that nothing old comes in a flood."""
    done = Job.objects.filter(kind=REMIND, state=Job.State.DONE).exclude(pk=job.pk)
    last = done.order_by("-created_at").values_list("created_at", flat=True).first()
    yesterday = today() - timedelta(1)
    return min(localdate(last), yesterday) if last else yesterday
