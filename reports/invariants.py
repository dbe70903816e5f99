"""Laws of the summaries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from common.models import Job
from reports.actions import KIND, folder
from reports.models import Workbook


@invariant(gettext_lazy("Every summary that was made lies on the disk, whole"))
def every_workbook_is_on_the_disk() -> Violations:
    """平湖市首届红色创投_汇总表_20201231.xlsx was made with 31,022 bytes: so many are there to be handed out."""
    root = folder().parent
    for workbook in Workbook.objects.only("name", "path", "size").iterator():
        path = root / workbook.path
        found = path.stat().st_size if path.is_file() else 0
        if found != workbook.size:
            yield workbook, _("%(found)s bytes are on the disk, %(size)s were written.") % {
                "found": found, "size": workbook.size,
            }  # fmt: skip


@invariant(gettext_lazy("A summary was made by each job that is done, and by no other"))
def each_finished_job_has_its_workbook() -> Violations:
    """The job of 09:14 is done, and its summary is on the list. One that is done without a summary has told somebody to
    fetch nothing."""
    done = Job.State.DONE
    for job in Job.objects.filter(kind=KIND, state=done, workbook=None).iterator():
        yield job, _("it is done and has no summary.")
    for workbook in Workbook.objects.exclude(job__kind=KIND, job__state=done).select_related("job").iterator():
        yield workbook, _("its job is “%(state)s”.") % {"state": workbook.job.get_state_display()}
