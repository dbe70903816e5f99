"""An applicant's ventures as a list."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Own, Table, Text


class OwnVentureTable(Table):
    """All ventures of the reader's organizations."""

    empty = _("No venture yet")
    hint = _("Choose an open round and start an application.")

    venture = Own(_("Venture"), str, cell="ventures/application/cells/venture.html")
    round = Text(_("Round"), "round.name", css="text-nowrap")
    organization = Text(_("Organization"))
    money = Own(_("Requested / awarded (元)"), cell="ventures/application/cells/money.html", css="num")
    state = Own(_("State"), lambda v: v.get_state_display(), cell="ventures/application/cells/state.html")
