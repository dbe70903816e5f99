"""The organization's books: expenses up to a share of what was paid, the balance that goes back, what is claimed."""

from decimal import Decimal
from typing import Any

from common.clock import today
from common.money import ZERO, to_cents
from funding import actions as funding
from funding.models import Award
from simulation.scene import Part

LINES = 3  # vouchers each time the books are written up


def award_of(part: Part) -> Award | None:
    return Award.objects.filter(venture=part.venture.pk).first()


def spend_up_to(part: Part, share: Decimal) -> None:
    """Record expenses until `share` of what was paid is spent, never beyond the story's share of the award."""
    award = award_of(part)
    if award is None:
        return
    limit = to_cents(award.amount * part.story.spend_percent / 100)
    if part.story.terminated is not None:
        share /= 2  # A venture that ends early has not got far; the rest has to come back.
    amount = min(to_cents(award.paid * share), limit) - award.spent
    if amount <= 0:
        return
    first = award.expenses.count() + 1
    for nth, (head, part_of_it) in enumerate(split(part, amount), start=first):
        funding.record_expense(
            part.venture,
            by=part.applicant,
            spent_on=today(),
            head=head,
            amount=part_of_it,
            summary=voucher(part, award, head),
            voucher_number=f"支-{part.venture.number}-{nth:02d}",
        )


def voucher(part: Part, award: Award, head: str) -> str:
    """What the next voucher of a head is for; a story that has words for the head tells them in turn."""
    told = part.story.vouchers.get(head)
    if not told:
        return f"{head}支出（演示数据）"
    return told[award.expenses.filter(head=head).count() % len(told)]


def split(part: Part, amount: Decimal) -> list[tuple[str, Decimal]]:
    """`amount` over the largest lines of the budget in their proportion; the first takes what rounding leaves."""
    rows = sorted(part.story.budget, key=lambda row: -row.from_grant)[:LINES]
    whole = sum((row.from_grant for row in rows), ZERO)
    parts = [(row.head, to_cents(amount * row.from_grant / whole)) for row in rows]
    rest = amount - sum((a for _, a in parts), ZERO)
    parts[0] = (parts[0][0], parts[0][1] + rest)
    return [(head, a) for head, a in parts if a > 0]


def return_balance(part: Part, *, by: Any) -> None:
    award = award_of(part)
    if award is not None and award.balance > 0:
        voucher = f"退-{part.venture.number}"
        funding.record_return(part.venture, by=by, amount=award.balance, voucher_number=voucher)


def claim(part: Part, *, by: Any, reason: str) -> None:
    """What was paid and is not spent has to come back; 0.00 is decided, too."""
    award = award_of(part)
    if award is not None:
        funding.claim_recovery(part.venture, by=by, amount=award.balance, reason=reason)


def recover(part: Part, *, by: Any) -> None:
    award = award_of(part)
    if award is not None and award.claimed:
        voucher = f"追-{part.venture.number}"
        funding.record_recovery(part.venture, by=by, amount=award.claimed, voucher_number=voucher)
