"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "apply_venture_expenses",
    here=_("Record what is spent from the grant, voucher by voucher."),
    then=_("At closure what is not spent is returned."),
    final=_("An entry is corrected by a counter-entry; both stay."),
)
page_help(
    "apply_expense_reverse",
    here=_("Take back an expense that was recorded by mistake."),
    then=_("Then record the right one."),
    final=_("The counter-entry stays."),
)
page_help(
    "desk_payments",
    here=_("Agreements to register, what can be paid now, what waits and for what, by round."),
    then=_("Record a payment when the bank has carried it out."),
)
page_help(
    "desk_payments_made",
    here=_("What was paid, with voucher and payee."),
    final=_("Entries of the ledger never change."),
)
page_help(
    "desk_venture_agreement",
    here=_("Register the signed agreement: number and day."),
    then=_("The award is cut into the round's tranches."),
    final=_("Number, day and amount can not be changed afterwards."),
)
page_help(
    "desk_tranche_pay",
    here=_("Record one payment: voucher and day. Compare the account first."),
    then=_("The organization is told; delivery begins once it is paid what is paid on signing."),
    final=_("The ledger can not be changed."),
)
page_help(
    "desk_venture_audit",
    here=_("Record that the accounts of the venture are audited: auditor, number and day of the report."),
    then=_("What waits for the audit can be paid."),
    final=_("The record can not be changed."),
)
page_help(
    "desk_venture_claim",
    here=_("Decide what a terminated venture has to give back; 0.00 元 is a decision, too."),
    then=_("Record what comes back, then settle the termination."),
)
page_help(
    "desk_venture_recovery",
    "desk_venture_return_balance",
    here=_("Record money that came back: voucher and day."),
    then=_("When nothing is owed any more, closure or settlement is open."),
    final=_("The ledger can not be changed."),
)
