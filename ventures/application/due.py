"""By when a draft is to be submitted."""

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.deadlines import A_MOMENT
from rounds.states import RoundState
from ventures.due import due
from ventures.states import Holder, State


def last_day(field: str) -> TruncDate:
    """The day with which a period ends: what ends at 24:00 ends on that day (common.deadlines)."""
    return TruncDate(ExpressionWrapper(F(field) - timedelta(microseconds=A_MOMENT.microseconds), DateTimeField()))


@due("application", State.DRAFT, label=_("Application"), holder=Holder.APPLICANT)
def application(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Until the call closes; afterwards nobody can submit it any more."""
    at = now()
    drafts = rows.filter(round__state=RoundState.OPEN, round__opens_at__lte=at, round__closes_at__gte=at)
    return drafts.annotate(due_day=last_day("round__closes_at"))
