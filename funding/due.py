"""By when an agreement is to be signed, and a tranche to be paid."""

from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from common.models import JournalEntry
from funding.models import LedgerEntry, Tranche
from funding.queries import with_money_to_pay
from rounds.models import TrancheRule
from ventures.due import due
from ventures.models import NoticeLine, Venture
from ventures.states import Holder, State


@due("agreement", label=_("Agreement"), holder=Holder.FINANCE, late="funding.sign")
def agreement(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after the notice was over."""
    last = NoticeLine.objects.filter(venture=OuterRef("pk")).order_by("-notice").values("notice__closes_on")[:1]
    unsigned = rows.filter(state=State.AWARDED, award_record=None, round__signing_days__isnull=False)
    return unsigned.annotate(due_day=Subquery(last), due_working=F("round__signing_days"))


@due("tranche", label=_("Payment of the tranche"), holder=Holder.FINANCE, late="funding.pay")
def tranche(rows: QuerySet[Any]) -> QuerySet[Any]:
    """So many working days after what it waits for has happened: agreement, mid-term, final evaluation."""
    paid = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT).values("tranche")
    following = Tranche.objects.filter(award__venture=OuterRef("pk")).exclude(pk__in=paid).order_by("ordinal")
    evaluated = JournalEntry.objects.filter(
        subject_kind=Venture._meta.label_lower, subject_id=OuterRef("pk"), verb="pass_final"
    )
    payable = with_money_to_pay(rows.filter(round__payment_days__isnull=False))
    reached = Case(
        When(waits_for=TrancheRule.Trigger.AGREEMENT, then=F("award_record__signed_on")),
        When(waits_for=TrancheRule.Trigger.MID_TERM, then=TruncDate("midterm_passed_at")),
        When(waits_for=TrancheRule.Trigger.FINAL, then=TruncDate(Subquery(evaluated.order_by("-pk").values("at")[:1]))),
    )
    return payable.annotate(waits_for=Subquery(following.values("trigger")[:1])).annotate(
        due_day=reached, due_working=F("round__payment_days")
    )
