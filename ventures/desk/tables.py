"""Lists of ventures on the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Link, Money, Own, State, Table, Text
from ventures.models import Venture


class VentureTable(Table):
    """All ventures that the reader may see."""

    model = Venture
    empty = _("No venture matches these filters.")
    hint = _("Drafts stay with the applicant until they are submitted.")

    venture = Link(_("Venture"), str, to="desk_venture", marked=True)
    organization = Text(_("Organization"), marked=True)
    round = Text(_("Round"), "round.name", on_card=False, css="keep")
    state = State(_("State"))
    requested = Money(_("Requested (元)"), sort="requested", on_card=False)
    awarded = Own(_("Grant (元)"), "awarded", sort="awarded", cell="ventures/desk/cells/grant.html", css="num")


class OfOrganizationTable(Table):
    """The ventures of one organization, on its page."""

    venture = Link(_("Venture"), str, to="desk_venture")
    round = Text(_("Round"), "round.name", css="keep")
    state = State(_("State"))
    requested = Money(_("Requested (元)"))
    awarded = Own(_("Grant (元)"), "awarded", cell="ventures/desk/cells/grant.html", css="num")
