"""By when a venture reports, and how far its schedule says it should be."""

from typing import Any

from django.db.models import DateField, F, Func, QuerySet
from django.utils.translation import gettext_lazy as _

from delivery.models import Activity
from ventures.due import due
from ventures.models import PAST_MID_TERM, ScheduleLine
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


class BehindTheSchedule(Func):
    """The first day by which the schedule of a venture counts more activities than stand in its record (what was taken back
    does not, `Activities.counted`); NULL when none."""

    output_field = DateField()
    arity = 1
    template = (
        "(SELECT MIN(line.ends_on) FROM %(schedule)s line WHERE line.venture_id = %(expressions)s"
        " AND (SELECT SUM(planned.sessions) FROM %(schedule)s planned"
        " WHERE planned.venture_id = line.venture_id AND planned.ends_on <= line.ends_on)"
        " > (SELECT COUNT(*) FROM %(activities)s held WHERE held.venture_id = line.venture_id AND held.reverses_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM %(activities)s back WHERE back.reverses_id = held.id)))"
    )

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        # Written out, not put together: every list of ventures asks, and the ORM takes five times as long to compile it.
        tables = {"schedule": ScheduleLine._meta.db_table, "activities": Activity._meta.db_table}
        return super().as_sql(compiler, connection, **{**context, **tables})


@due("midterm", State.IN_DELIVERY, label=_("Mid-term report"), holder=Holder.APPLICANT)
def midterm(rows: QuerySet[Any]) -> QuerySet[Any]:
    """At half of the period, where the round has a mid-term."""
    return rows.exclude(PAST_MID_TERM).annotate(due_day=Halfway("starts_on", "ends_on"))


@due("rectification", State.RECTIFYING, label=_("Report on the rectification"), holder=Holder.APPLICANT)
def rectification(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(due_day=F("rectify_by"))


@due("final", State.IN_DELIVERY, label=_("Final report"), holder=Holder.APPLICANT)
def final(rows: QuerySet[Any]) -> QuerySet[Any]:
    """When the period ends; before the mid-term is passed, where the round has one, nobody can hand it in."""
    return rows.filter(PAST_MID_TERM).annotate(due_day=F("ends_on"))


@due("activities", *in_group(Group.DELIVERY), label=_("Activities of the schedule"), holder=Holder.APPLICANT)
def activities(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(due_day=BehindTheSchedule("pk"))
