"""By when a venture reports, and how far its schedule says it should be."""

from typing import Any

from django.db.models import Count, DateField, F, Func, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from delivery.models import Activity
from ventures.due import due
from ventures.models import ScheduleLine
from ventures.states import Group, Holder, State, in_group


class Halfway(Func):
    """The day in the middle of two days; of an even number of days the earlier one."""

    output_field = DateField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (begin, first), (end, last) = (compiler.compile(e) for e in self.source_expressions)
        half = f"CAST((julianday({end}) - julianday({begin})) / 2 AS INTEGER)"
        return f"date({begin}, {half} || ' days')", (*first, *last, *first)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (begin, first), (end, last) = (compiler.compile(e) for e in self.source_expressions)
        return f"({begin} + ({end} - {begin}) / 2)", (*first, *last, *first)


@due("midterm", label=_("Mid-term report"), holder=Holder.APPLICANT)
def midterm(rows: QuerySet[Any]) -> QuerySet[Any]:
    """At half of the period."""
    return rows.filter(state=State.IN_DELIVERY, midterm_passed_at=None).annotate(
        due_day=Halfway("starts_on", "ends_on")
    )


@due("rectification", label=_("Report on the rectification"), holder=Holder.APPLICANT)
def rectification(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state=State.RECTIFYING).annotate(due_day=F("rectify_by"))


@due("final", label=_("Final report"), holder=Holder.APPLICANT)
def final(rows: QuerySet[Any]) -> QuerySet[Any]:
    """When the period ends; before the mid-term is passed nobody can hand it in."""
    return rows.filter(state=State.IN_DELIVERY, midterm_passed_at__isnull=False).annotate(due_day=F("ends_on"))


@due("activities", label=_("Activities of the schedule"), holder=Holder.APPLICANT)
def activities(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The day by which the schedule of the application counts more activities than are recorded."""
    until_then = ScheduleLine.objects.filter(venture=OuterRef("venture"), ends_on__lte=OuterRef("ends_on")).order_by()
    recorded = Activity.objects.filter(venture=OuterRef("venture")).order_by().values("venture")
    behind = (
        ScheduleLine.objects.filter(venture=OuterRef("pk"), ends_on__isnull=False)
        .annotate(
            planned=Subquery(until_then.values("venture").annotate(n=Sum("sessions")).values("n")),
            held=Coalesce(Subquery(recorded.annotate(n=Count("pk")).values("n")), 0),
        )
        .filter(planned__gt=F("held"))
        .order_by("ends_on", "pk")
    )
    return rows.filter(state__in=in_group(Group.DELIVERY)).annotate(due_day=Subquery(behind.values("ends_on")[:1]))
