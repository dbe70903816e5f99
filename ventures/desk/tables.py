"""Lists of ventures on the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Link, Money, Own, State, Table, Text
from ventures.models import Venture


class Grant(Money):
    """What a venture is granted, or what is proposed for it, which is said."""

    @property
    def template(self) -> str:
        return "ventures/desk/cells/grant.html"


class VentureTable(Table):
    """All ventures that the reader may see."""

    model = Venture
    css = f"{Table.css} roomy"
    empty = _("No venture matches these filters.")
    hint = _("Drafts stay with the applicant until they are submitted.")

    venture = Link(_("Venture"), str, to="desk_venture", marked=True)
    organization = Text(_("Organization"), marked=True)
    round = Text(_("Round"), "round.name", on_card=False, css="keep")
    state = Own(_("State"), lambda v: v.get_state_display(), cell="ventures/desk/cells/state.html")
    requested = Money(_("Requested (元)"), sort="requested", on_card=False)
    awarded = Grant(_("Grant (元)"), sort="awarded")


class RemindingTable(VentureTable):
    """The same for who may remind: what is marked can be ticked."""

    remind = Buttons(_("Remind"), cell="ventures/desk/cells/remind.html")


class OfOrganizationTable(Table):
    """The ventures of one organization, on its page."""

    venture = Link(_("Venture"), str, to="desk_venture")
    round = Text(_("Round"), "round.name", css="keep")
    state = State(_("State"))
    requested = Money(_("Requested (元)"))
    awarded = Grant(_("Grant (元)"))
