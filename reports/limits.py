"""How many summaries may wait to be made."""

from django.utils.translation import gettext_lazy as _

from common.limits import Stock, declared
from common.models import Job

KIND = "reports.workbook"
_waiting = Job.objects.filter(kind=KIND, state__in=[Job.State.QUEUED, Job.State.RUNNING])

WAITING_OF_PERSON = declared(
    Stock(
        "summaries_of_person",
        "summaries (Excel) that a person has ordered and that are not made yet",
        per=("account",),
        most=10,
        refusal=_(
            "%(n)s summaries that you have ordered are still being made. Please order this one when they are ready."
        ),
        present=lambda account: _waiting.filter(requested_by_id=account).count(),
    )
)
WAITING = declared(
    Stock(
        "summaries",
        "summaries of everybody that are not made yet",
        per=(),
        most=100,
        refusal=_("%(n)s summaries are waiting to be made. Please order this one in some minutes."),
        present=lambda: _waiting.count(),
    )
)
