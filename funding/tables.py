"""What is to be paid, as a list."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Link, Money, Own, Table, Text


class DueTable(Table):
    """The next tranche of each venture: payable now, or waiting with the reason. A row is a `queries.Due`."""

    empty = _("Nothing can be paid now")
    hint = _("Tranches appear here when their condition is met.")

    venture = Link(_("Venture"), to="desk_venture", key="venture.pk", muted=True)
    payee = Own(_("Payee"), "venture.organization", cell="funding/cells/payee.html")
    tranche = Text(_("Tranche"), "tranche.label", css="keep")
    amount = Money(_("Amount (元)"), "tranche.amount", sort="amount")
    pay = Buttons(_("State"), cell="funding/cells/pay.html", css="text-md-end")
