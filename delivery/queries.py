"""What can be asked of the delivery: what is held and handed in, against what was planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum

from delivery.models import Activity, Report
from rounds.models import Round
from ventures.desk.queries import ventures
from ventures.models import Venture
from ventures.states import Group, in_group, in_order

IN_DELIVERY = in_order(in_group(Group.AGREEMENT, Group.DELIVERY, Group.EVALUATION))


def in_delivery(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures between award and showcase, with what was held and how many came, against the plan."""
    # Two subqueries rather than a join: sums over a join count every row as often as the other table has rows.
    own = Activity.objects.counted().filter(venture=OuterRef("pk")).order_by().values("venture")
    return (
        ventures(user, filters)
        .filter(state__in=IN_DELIVERY)
        .annotate(
            held=Subquery(own.annotate(n=Count("pk")).values("n")),
            came=Subquery(own.annotate(n=Sum("attendance")).values("n")),
        )
    )


@dataclass(frozen=True)
class Progress:
    """Planned against done. `attendance` is 人次."""

    sessions: int
    attendance: int
    volunteers: int


def progress_of(venture: Venture) -> Progress:
    own = Activity.objects.counted().filter(venture=venture)
    found = own.aggregate(n=Count("pk"), a=Sum("attendance"), v=Sum("volunteers"))
    return Progress(found["n"], found["a"] or 0, found["v"] or 0)


def rectification_of(venture: Venture) -> Report | None:
    """The assessment that ordered the rectification."""
    ordered = Report.objects.filter(venture=venture.pk, kind=Report.Kind.MID_TERM, verdict=Report.Verdict.FAILED)
    return ordered.order_by("pk").last()


def rectification_notes(ventures: Sequence[Venture]) -> dict[int, str]:
    """Venture → what the assessment of its mid-term says has to be put right. One query."""
    failed = Report.objects.filter(
        venture__in=[v.pk for v in ventures], kind=Report.Kind.MID_TERM, verdict=Report.Verdict.FAILED
    )
    return dict(failed.order_by("pk").values_list("venture", "assessment"))


def activities_of(venture: Venture) -> list[Any]:
    """All that is recorded, counter-entries behind what they take back; `is_counted` is what stands. 1 query."""
    taken_back = Exists(Activity.objects.filter(reverses=OuterRef("pk")))
    rows: list[Any] = list(venture.activities.annotate(taken_back=taken_back).order_by("held_on", "pk"))
    for row in rows:
        row.is_counted = row.reverses_id is None and not row.taken_back
    return rows


def delivered(venture: Venture) -> dict[str, Any]:
    """Activities with their totals, and the reports with their verdicts. Two queries."""
    activities = activities_of(venture)
    counted = [a for a in activities if a.is_counted]
    return {
        "venture": venture,
        "activities": activities,
        "sessions": len(counted),
        "attendance": sum(a.attendance for a in counted),
        "volunteers": sum(a.volunteers for a in counted),
        "reports": list(venture.reports.all()),
    }


def held_in(round_: Round) -> dict[str, int]:
    """Activities of a round and 人次. One query."""
    held = Activity.objects.counted().filter(venture__round=round_).aggregate(n=Count("pk"), visits=Sum("attendance"))
    return {"sessions": held["n"], "attendance": held["visits"] or 0}
