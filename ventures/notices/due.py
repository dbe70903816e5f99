"""By when an objection is to be ruled on."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from ventures.due import due
from ventures.models import Objection
from ventures.states import Group, Holder, waiting


@due(
    "ruling",
    *waiting(Group.NOTICE),
    label=_("Ruling on the objection"),
    holder=Holder.MANAGER,
    may="ventures.rule_on_objections",
)
def ruling(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after the oldest open objection came in."""
    open_ = Objection.objects.filter(venture=OuterRef("pk"), state__in=Objection.OPEN).order_by("filed_at", "pk")
    noticed = rows.filter(round__ruling_days__isnull=False)
    return noticed.annotate(
        due_day=TruncDate(Subquery(open_.values("filed_at")[:1])), due_working=F("round__ruling_days")
    )
