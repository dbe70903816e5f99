"""支出: what the organization spends from the grant."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Conflict
from common.models import record
from common.money import plus, yuan
from common.wording import listed
from funding.actions.ledger_entries import (
    allow,
    cents,
    invalid,
    locked,
    named,
    not_in_future,
    required,
    required_number,
)
from funding.models import Award, Expense
from rounds.models.budget import terms_of
from ventures.models import Venture
from ventures.states import Group, waiting

# The tail comes after the final evaluation; what it pays for is recorded until closure.
SPENDING = waiting(Group.DELIVERY, Group.EVALUATION, Group.CLOSURE)


@transaction.atomic
def record_expense(
    venture: Venture,
    *,
    by: Any,
    spent_on: date,
    head: str,
    amount: Decimal,
    summary: str,
    voucher_number: str,
) -> Expense:
    """登记支出: what the organization spent from the grant, by voucher, up to what it was paid.

    Raises NotAllowed; Conflict outside delivery and evaluation; Invalid(field).
    """
    award = locked(venture=venture.pk)
    allow(by, "funding.spend", award.venture)
    if award.venture.state not in SPENDING:
        raise Conflict(
            _("Expenses are recorded from the beginning of delivery to closure; %(venture)s is “%(state)s” now.")
            % named(award.venture)
        )
    not_in_future(spent_on, "spent_on")
    if head not in (heads := terms_of(award.venture.round).heads):
        raise invalid("head", _("Choose one of the heads of the round: %(heads)s.") % {"heads": listed(heads)})
    summary = required(summary, "summary")
    voucher_number = required_number(voucher_number, "voucher_number")
    amount = cents(amount)
    most = award.paid - award.returned
    if award.spent + amount > most:
        raise invalid(
            "amount",
            _(
                "%(amount)s 元 and the %(spent)s 元 spent before exceed the %(most)s 元 that were paid;"
                " %(left)s 元 is left."
            )
            % {
                "amount": yuan(amount),
                "spent": yuan(award.spent),
                "most": yuan(most),
                "left": yuan(most - award.spent),
            },
        )
    Award.objects.filter(pk=award.pk).update(spent=plus("spent", amount))
    expense = Expense.objects.create(
        award=award, spent_on=spent_on, head=head, summary=summary, amount=amount,
        voucher_number=voucher_number, at=now(),
    )  # fmt: skip
    record(
        award.venture,
        "record_expense",
        by=by,
        note=summary,
        amount=amount,
        voucher=voucher_number,
    )
    return expense


@transaction.atomic
def reverse_expense(expense: Expense, *, by: Any, reason: str) -> Expense:
    """冲销: take back an expense that was recorded by mistake. Returns the counter-entry; the right one is recorded anew.

    Raises NotAllowed; Conflict outside delivery and evaluation, or when it is a counter-entry or has one; Invalid(reason).
    """
    award = locked(award=expense.award_id)
    allow(by, "funding.spend", award.venture)
    if award.venture.state not in SPENDING:
        raise Conflict(
            _("Expenses are corrected from the beginning of delivery to closure; %(venture)s is “%(state)s” now.")
            % named(award.venture)
        )
    if expense.reverses_id is not None or Expense.objects.filter(reverses=expense.pk).exists():
        raise Conflict(
            _("“%(summary)s” is taken back already, or is a counter-entry itself.") % {"summary": expense.summary}
        )
    reason = required(reason, "reason")
    counter = Expense.objects.create(
        award=award, spent_on=expense.spent_on, head=expense.head, summary=reason, amount=-expense.amount,
        voucher_number=expense.voucher_number, reverses=expense, at=now(),
    )  # fmt: skip
    Award.objects.filter(pk=award.pk).update(spent=plus("spent", -expense.amount))
    record(award.venture, "reverse_expense", by=by, note=reason, amount=expense.amount, voucher=expense.voucher_number)
    return counter
