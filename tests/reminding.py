"""The morning of a day: what the calendar asks for is done by the worker, and the post goes out."""

from datetime import date, datetime

from accounts.tasks import REMIND
from common import clock
from common.models import Job
from common.work import outbox, periodic
from common.work.jobs import run_pending
from common.work.tasks import sweep
from tests.factories import moment


def morning_of(day: date | str, *, hour: int = 8) -> None:
    """As the worker of the site does it; other jobs of the night (laws, backup) are left alone."""
    at: datetime = moment(f"{day} {hour:02}:00")
    with clock.at(at):
        periodic.forget()
        sweep()
        run_reminders()


def run_reminders() -> None:
    run_pending(list(Job.objects.filter(kind=REMIND, state=Job.State.QUEUED).values_list("pk", flat=True)))
    while outbox.drain():
        pass
