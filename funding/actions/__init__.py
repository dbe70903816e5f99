"""What can be done with the money of a venture: one function per verb, keyword-only, atomic, `by=` the actor."""

from funding.actions.agreement import sign_agreement
from funding.actions.auditing import record_audit
from funding.actions.giving_back import claim_recovery, record_recovery, record_return
from funding.actions.payment import pay_tranche
from funding.actions.spending import record_expense, reverse_expense

__all__ = [
    "claim_recovery",
    "pay_tranche",
    "record_audit",
    "record_expense",
    "record_recovery",
    "record_return",
    "reverse_expense",
    "sign_agreement",
]
