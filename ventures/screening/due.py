"""By when a correction is to be handed in, and an application to be screened."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from common.work_calendar.working_days import working_days_ahead
from ventures.due import due
from ventures.states import Holder, State

REMIND_BEFORE = 2  # working days


def two_working_days_before(on: date) -> Iterable[date]:
    yield working_days_ahead(on, REMIND_BEFORE)


@due(
    "correction", State.RETURNED, label=_("Correction"), holder=Holder.APPLICANT, late="ventures.screen",
    before=two_working_days_before,
)  # fmt: skip
def correction(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(due_day=F("correction_due_on"))


@due("screening", State.SUBMITTED, label=_("Screening"), holder=Holder.STAFF, may="ventures.screen")
def screening(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after it came in; sealed ones are opened when the call is over."""
    since = Case(When(round__sealed=True, then=Greatest("submitted_at", "round__closes_at")), default=F("submitted_at"))
    waiting = rows.filter(round__screening_days__isnull=False)
    return waiting.annotate(due_day=TruncDate(since), due_working=F("round__screening_days"))
