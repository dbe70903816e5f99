"""What can be asked of the delivery: what is held and handed in, against what was planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from delivery.models import Activity, Report
from rounds.models import Round
from ventures.desk.queries import ventures
from ventures.models import Venture
from ventures.states import Group, in_group, in_order

IN_DELIVERY = in_order(in_group(Group.AGREEMENT, Group.DELIVERY, Group.EVALUATION))


def in_delivery(user: Any, filters: Mapping[str, Any]) -> QuerySet[Venture]:
    """Ventures between award and showcase, with what was held and how many came, against the plan."""
    # Two subqueries rather than a join: sums over a join count every row as often as the other table has rows.
    own = Activity.objects.filter(venture=OuterRef("pk")).order_by().values("venture")
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
    found = Activity.objects.filter(venture=venture).aggregate(a=Sum("attendance"), v=Sum("volunteers"))
    return Progress(venture.activities.count(), found["a"] or 0, found["v"] or 0)


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


def delivered(venture: Venture) -> dict[str, Any]:
    """Activities with their totals, and the reports with their verdicts. Two queries."""
    activities: list[Activity] = list(venture.activities.all())
    return {
        "venture": venture,
        "activities": activities,
        "attendance": sum(a.attendance for a in activities),
        "volunteers": sum(a.volunteers for a in activities),
        "reports": list(venture.reports.all()),
    }


def held_in(round_: Round) -> dict[str, int]:
    """Activities of a round and 人次. One query."""
    held = Activity.objects.filter(venture__round=round_).aggregate(n=Count("pk"), visits=Sum("attendance"))
    return {"sessions": held["n"], "attendance": held["visits"] or 0}
