"""追回 and 结余退回: money on its way back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.errors import Conflict
from common.models import record
from common.money import plus, yuan
from funding.actions.ledger_entries import (
    allow,
    cents,
    enter,
    invalid,
    locked,
    named,
    required,
    tell,
)
from funding.models import Award, LedgerEntry
from ventures.models import Venture
from ventures.states import State

RETURNING = {State.EVALUATED, State.SHOWN}


@transaction.atomic
def claim_recovery(venture: Venture, *, by: Any, amount: Decimal, reason: str) -> Award:
    """Decide what a terminated venture has to give back (元); 0 is a decision, too. May be decided again.

    Raises NotAllowed; Conflict unless the termination is being settled; Invalid(amount, reason).
    """
    award = locked(venture=venture.pk)
    allow(by, "funding.claim", award.venture)
    _terminating(award.venture)
    reason = required(reason, "reason")
    amount = cents(amount, least=award.recovered)
    most = award.paid - award.returned
    if amount > most:
        raise invalid(
            "amount",
            _("%(amount)s 元 is more than the %(most)s 元 that the organization was paid and has not returned.")
            % {"amount": yuan(amount), "most": yuan(most)},
        )
    award.claimed, award.claim_reason = amount, reason
    award.save(update_fields=["claimed", "claim_reason"])
    entry = record(award.venture, "claim_recovery", by=by, note=reason, amount=amount)
    with override("zh-hans"):
        text = _("%(venture)s: %(amount)s 元 is to be paid back. Reason: %(reason)s") % {
            "venture": award.venture,
            "amount": yuan(amount),
            "reason": reason,
        }
    tell(award.venture, f"claim:{entry.pk}", text)
    return award


@transaction.atomic
def record_recovery(
    venture: Venture,
    *,
    by: Any,
    amount: Decimal,
    voucher_number: str,
    on: date | None = None,
) -> LedgerEntry:
    """追回到账: money that came back from a terminated venture, up to the claim.

    Raises NotAllowed; Conflict unless the termination is being settled and a claim is decided; Invalid.
    """
    award = locked(venture=venture.pk)
    allow(by, "funding.receive", award.venture)
    _terminating(award.venture)
    if award.claimed is None:
        raise Conflict(_("Decide first how much is to be recovered."))
    amount = cents(amount)
    if award.recovered + amount > award.claimed:
        raise invalid(
            "amount",
            _("%(amount)s 元 and the %(recovered)s 元 recovered before exceed the claim of %(claimed)s 元.")
            % {
                "amount": yuan(amount),
                "recovered": yuan(award.recovered),
                "claimed": yuan(award.claimed),
            },
        )
    Award.objects.filter(pk=award.pk).update(recovered=plus("recovered", amount))
    return enter(
        award,
        LedgerEntry.Kind.RECOVERY,
        amount,
        voucher_number,
        on,
        by=by,
        verb="record_recovery",
    )


@transaction.atomic
def record_return(
    venture: Venture,
    *,
    by: Any,
    amount: Decimal,
    voucher_number: str,
    on: date | None = None,
) -> LedgerEntry:
    """结余退回: what was not spent came back, after the final evaluation.

    Raises NotAllowed; Conflict before the final evaluation; Invalid(amount) beyond the balance.
    """
    award = locked(venture=venture.pk)
    allow(by, "funding.receive", award.venture)
    if award.venture.state not in RETURNING:
        raise Conflict(
            _("A balance is returned after the final evaluation and before closure; %(venture)s is “%(state)s” now.")
            % named(award.venture)
        )
    amount = cents(amount)
    if amount > award.balance:
        raise invalid(
            "amount",
            _("%(amount)s 元 is more than the balance of %(balance)s 元 (%(paid)s 元 paid, %(spent)s 元 spent).")
            % {
                "amount": yuan(amount),
                "balance": yuan(award.balance),
                "paid": yuan(award.paid),
                "spent": yuan(award.spent),
            },
        )
    Award.objects.filter(pk=award.pk).update(returned=plus("returned", amount))
    return enter(
        award,
        LedgerEntry.Kind.RETURN,
        amount,
        voucher_number,
        on,
        by=by,
        verb="record_return",
    )


def _terminating(venture: Venture) -> None:
    if venture.state != State.TERMINATING:
        raise Conflict(
            _("Money is recovered while a termination is being settled; %(venture)s is “%(state)s” now.")
            % named(venture)
        )
