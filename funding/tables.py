"""What is to be paid, as a list."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Day, Link, Money, Own, Table, Text
from funding.models import LedgerEntry


class DueTable(Table):
    """The next tranche of each venture: payable now, or waiting with the reason. A row is a `queries.Due`."""

    empty = _("Nothing can be paid now")
    hint = _("Tranches appear here when their condition is met.")

    venture = Link(_("Venture"), to="desk_venture", key="venture.pk", muted=True)
    payee = Own(_("Payee"), "venture.organization", cell="funding/cells/payee.html")
    tranche = Text(_("Tranche"), "tranche.label", css="keep")
    amount = Money(_("Amount (元)"), "tranche.amount", sort="amount")
    pay = Buttons(_("State"), cell="funding/cells/pay.html", css="text-md-end")


class MoneyTable(Table):
    """The money of each round: what was paid, what can be paid now, what waits. A row is a `queries.RoundMoney`."""

    round = Own(_("Round"), cell="funding/cells/round.html")
    awarded = Money(_("Awarded (元)"))
    paid = Money(_("Paid (元)"))
    due = Money(_("Payable now (元)"))
    waiting = Money(_("Waiting (元)"))


class PaidTable(Table):
    """Payments, as the ledger has them."""

    model = LedgerEntry
    empty = _("Nothing was paid yet")
    hint = _("A payment appears here when it is recorded.")

    on = Day(_("Date"))
    venture = Link(_("Venture"), "award.venture", to="desk_venture", key="award.venture_id", muted=True)
    payee = Text(_("Payee"), "award.venture.organization")
    tranche = Text(_("Tranche"), "tranche.label", css="keep")
    amount = Money(_("Amount (元)"))
    voucher = Text(_("Voucher number"), "voucher_number", css="text-nowrap")
