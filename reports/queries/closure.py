from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from common.money import ZERO
from delivery.models import Report
from funding.models import Award, Expense, LedgerEntry, Tranche
from reports.queries.scope import Scope
from showcases.models import Exhibit


def closures(scope: Scope) -> list[dict[str, Any]]:
    """结项情况表: awarded ventures with their end, grade, money in 元 and showcase. 7 queries."""
    awards = Award.objects.prefetch_related(
        Prefetch("tranches", Tranche.objects.all()),
        Prefetch("entries", LedgerEntry.objects.filter(on__lte=scope.as_of), to_attr="dated_entries"),
        Prefetch("expenses", Expense.objects.filter(spent_on__lte=scope.as_of), to_attr="dated_expenses"),
    )
    shown = Exhibit.objects.filter(event__held_at__date__lte=scope.as_of).select_related("event")
    finals = Report.objects.filter(kind=Report.Kind.FINAL).order_by("handed_in_at", "pk")
    ventures = (
        scope.awarded()
        .select_related("organization")
        .prefetch_related(
            Prefetch("award_record", awards),
            Prefetch("exhibits", shown.order_by("event__starts_at"), to_attr="shown_exhibits"),
            Prefetch("reports", finals, to_attr="final_reports"),
        )
    )
    return [_row(v, scope) for v in ventures.order_by("number", "pk")]


def _row(venture: Any, scope: Scope) -> dict[str, Any]:
    award = getattr(venture, "award_record", None)
    entries = award.dated_entries if award else []
    tail = max(award.tranches.all(), key=lambda t: t.ordinal, default=None) if award else None
    exhibit = venture.shown_exhibits[-1] if venture.shown_exhibits else None
    paid = _sum(e for e in entries if e.kind == LedgerEntry.Kind.PAYMENT)
    recovered = _sum(e for e in entries if e.kind == LedgerEntry.Kind.RECOVERY)
    spent = _sum(award.dated_expenses) if award else ZERO
    closed_on = venture.closed_on if venture.closed_on and venture.closed_on <= scope.as_of else None
    return {
        "number": venture.number,
        "title": venture.title,
        "organization": venture.organization.name,
        "ends_on": venture.ends_on,
        # The day on which the organization reported that it is done.
        "ended_on": localdate(venture.final_reports[-1].handed_in_at) if venture.final_reports else None,
        "final_score": venture.final_score,
        "grade": venture.grade,
        "awarded": award.amount if award else venture.awarded,
        "spent": spent,
        "left": paid - recovered - spent,
        "returned": _sum(e for e in entries if e.kind == LedgerEntry.Kind.RETURN),
        "tail": _sum(e for e in entries if tail and e.tranche_id == tail.pk and e.kind == LedgerEntry.Kind.PAYMENT),
        "shown_on": localdate(exhibit.event.starts_at) if exhibit else None,
        "shown_as": exhibit.form if exhibit else ("waived" if venture.showcase_waived else ""),
        "closed_on": closed_on,
        "state": venture.state,
        "is_demo": venture.is_demo,
    }


def _sum(rows: Any) -> Any:
    return sum((r.amount for r in rows), ZERO)
