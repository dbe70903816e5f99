"""By when an agreement is to be signed, and a tranche to be paid."""

from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from funding.queries import NO_PAYMENTS, payable_now
from funding.triggers import AWAITED
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
    """So many working days after what it waits for has happened. They are released in their order."""
    since = Case(*(When(trigger=slug, then=awaited.since) for slug, awaited in AWAITED.items()))
    payable = payable_now().filter(award__venture=OuterRef("pk")).annotate(since=since)
    running = rows.filter(round__payment_days__isnull=False)
    return running.annotate(due_day=Subquery(payable.values("since")[:1]), due_working=F("round__payment_days"))
