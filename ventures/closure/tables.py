"""What waits for its end, as a list."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Link, Money, State, Table, Text
from ventures.models import Venture


class ClosureTable(Table):
    """Ventures in closure or whose termination is being settled."""

    model = Venture
    is_part = True
    empty = _("Nothing waits for its closure.")
    hint = _("Ventures come here after the showcase, or when they are terminated.")

    venture = Link(_("Venture"), str, to="desk_venture")
    organization = Text(_("Organization"))
    state = State(_("State"))
    grade = Text(_("Grade"), "grade")
    awarded = Money(_("Award (元)"), sort="awarded")
    pages = Buttons(_("Pages"), cell="ventures/closure/cells/pages.html", css="text-end")
