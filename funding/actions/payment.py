"""拨付."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.clock import today
from common.errors import Conflict
from common.money import plus, yuan
from funding.actions.ledger_entries import allow, enter, invalid, locked, tell
from funding.models import Award, LedgerEntry, Tranche
from funding.queries import lines


@transaction.atomic
def pay_tranche(tranche: Tranche, *, by: Any, voucher_number: str, on: date | None = None) -> LedgerEntry:
    """登记拨付 of one tranche with its voucher, on a day (today).

    Raises NotAllowed; Conflict with the sentence of `queries.why_not_payable`; Invalid(voucher_number, on).
    """
    award = locked(award=tranche.award_id)
    allow(by, "funding.pay", award.venture)
    tranches = list(award.tranches.prefetch_related("entries"))
    line = next(line for line in lines(award.venture, award, tranches) if line.tranche.pk == tranche.pk)
    if line.blocked is not None:
        raise Conflict(line.blocked)
    amount, planned_on = line.tranche.amount, line.tranche.planned_on
    if planned_on is not None and (on or today()) < planned_on:
        raise invalid(
            "on", _("“%(tranche)s” is paid from %(day)s on.") % {"tranche": line.tranche.label, "day": planned_on}
        )
    Award.objects.filter(pk=award.pk).update(paid=plus("paid", amount))
    entry = enter(
        award,
        LedgerEntry.Kind.PAYMENT,
        amount,
        voucher_number,
        on,
        by=by,
        tranche=line.tranche,
        verb="pay_tranche",
    )
    with override("zh-hans"):
        text = _("%(venture)s: “%(tranche)s” of %(amount)s 元 was paid on %(on)s, voucher %(voucher)s.") % {
            "venture": award.venture,
            "tranche": line.tranche.label,
            "amount": yuan(amount),
            "on": entry.on,
            "voucher": entry.voucher_number,
        }
    tell(award.venture, f"entry:{entry.pk}", text)
    return entry
