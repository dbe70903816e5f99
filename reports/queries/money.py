from typing import Any

from django.db.models import Prefetch

from common.money import ZERO
from common.text import masked
from funding.models import Award, LedgerEntry, Tranche
from reports.queries.scope import Scope
from ventures.states import Group, in_group

SHOWN_OF_ACCOUNT = 8  # characters of a masked account: four asterisks and the last four digits


def payments(scope: Scope) -> list[dict[str, Any]]:
    """资金拨付表: awarded ventures with what was paid and recovered by tranche, in 元. 4 queries."""
    entries = LedgerEntry.objects.filter(on__lte=scope.as_of)
    awards = Award.objects.prefetch_related(
        Prefetch("tranches", Tranche.objects.all()), Prefetch("entries", entries, to_attr="dated_entries")
    )
    ventures = scope.awarded().select_related("organization").prefetch_related(Prefetch("award_record", awards))
    return [_row(v) for v in ventures.order_by("number", "pk")]


def _row(venture: Any) -> dict[str, Any]:
    award = getattr(venture, "award_record", None)
    entries = award.dated_entries if award else []
    row: dict[str, Any] = {
        "number": venture.number,
        "title": venture.title,
        "payee": venture.organization.name,
        "bank": venture.organization.bank_name,
        "account": masked(venture.organization.bank_account)[-SHOWN_OF_ACCOUNT:],
        "awarded": award.amount if award else venture.awarded,
        "recovered": sum((e.amount for e in entries if e.kind == LedgerEntry.Kind.RECOVERY), ZERO),
        "is_terminated": venture.state in in_group(Group.TERMINATION),
        "is_demo": venture.is_demo,
    }
    payment = {e.tranche_id: e for e in entries if e.kind == LedgerEntry.Kind.PAYMENT}
    for tranche in award.tranches.all() if award else []:
        key = f"tranche{tranche.ordinal}"
        row[f"{key}_percent"] = tranche.percent / 100
        if paid := payment.get(tranche.pk):
            row |= {f"{key}_amount": paid.amount, f"{key}_on": paid.on, f"{key}_voucher": paid.voucher_number}
    return row
