"""What the timeline calls what this room records beside the moves."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_verbs

name_verbs(
    sign_agreement=_("Agreement signed"),
    pay_tranche=_("Tranche paid"),
    record_audit=_("Audit recorded"),
    claim_recovery=_("Recovery decided"),
    record_recovery=_("Recovered money received"),
    record_return=_("Returned balance received"),
    record_expense=_("Expense recorded"),
    reverse_expense=_("Expense taken back"),
)
