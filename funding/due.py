"""By when an agreement is to be signed, and a tranche to be paid."""

from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from funding.queries import NO_PAYMENTS
from rounds.models import TrancheRule
from ventures.due import due
from ventures.models import NoticeLine
from ventures.states import AWARDED_STATES, Holder, State


@due("agreement", State.AWARDED, label=_("Agreement"), holder=Holder.FINANCE, may="funding.sign")
def agreement(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after the notice was over."""
    last = NoticeLine.objects.filter(venture=OuterRef("pk")).order_by("-notice").values("notice__closes_on")[:1]
    unsigned = rows.filter(award_record=None, round__signing_days__isnull=False)
    return unsigned.annotate(due_day=Subquery(last), due_working=F("round__signing_days"))


@due(
    "tranche", *(AWARDED_STATES - NO_PAYMENTS), label=_("Payment of the tranche"), holder=Holder.FINANCE,
    may="funding.pay",
)  # fmt: skip
def tranche(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after what it waits for has happened: agreement, mid-term, final evaluation. Of several the
    first: they are released in their order."""
    award, tranche, triggers = "award_record__", "award_record__tranches__", TrancheRule.Trigger
    unpaid = {
        f"{tranche}entries__isnull": True,
        f"{tranche}amount__lte": F(f"{award}amount") - F(f"{award}paid") + F(f"{award}recovered"),
    }
    reached = Case(
        When(**{f"{tranche}trigger": triggers.AGREEMENT}, then=F(f"{award}signed_on")),
        When(**{f"{tranche}trigger": triggers.MID_TERM}, then=TruncDate("midterm_passed_at")),
        When(**{f"{tranche}trigger": triggers.FINAL}, then=TruncDate("final_passed_at")),
    )
    payable = rows.filter(round__payment_days__isnull=False, **unpaid)
    return payable.annotate(due_day=reached, due_working=F("round__payment_days"))
