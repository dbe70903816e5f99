from typing import Any

from django.db.models import QuerySet

from accounts.models import Role
from accounts.rules import reads_all
from common.models import Job
from organizations.queries import platforms_of
from reports.audience import audiences_of
from reports.models import Workbook


def workbooks_visible_to(user: Any) -> "QuerySet[Workbook]":
    """Those that were made for somebody like this reader: staff and supervisors of every platform, an operator of the
    own and those below, nobody else any.

    Newest first, with round, platform and job.
    """
    books = Workbook.objects.filter(audience__in=audiences_of(user)).select_related("round__series", "platform", "job")
    if reads_all(user):
        return books
    if getattr(user, "is_authenticated", False) and user.is_a(Role.OPERATOR):
        return books.filter(platform__in=platforms_of(user))
    return books.none()


def jobs_visible_to(user: Any) -> "QuerySet[Job]":
    """Summaries being made, waiting or failed: staff and supervisors see all, others their own. Newest first."""
    jobs = Job.objects.filter(kind="reports.workbook")
    return jobs if reads_all(user) else jobs.filter(requested_by_id=user.pk)
