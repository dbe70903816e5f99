"""Lists of what is delivered."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Count, Day, Link, Own, Table, Text
from ventures.models import Venture


class DeliveryTable(Table):
    """Ventures between award and showcase, on the desk."""

    model = Venture
    is_part = True
    css = f"{Table.css} roomy"
    empty = _("Nothing is in delivery here.")
    hint = _("Ventures come here once they are awarded.")

    venture = Link(_("Venture"), str, to="desk_venture", marked=True)
    organization = Text(_("Organization"), marked=True, on_card=False)
    state = Own(_("State"), lambda v: v.get_state_display(), cell="delivery/cells/state.html")
    activities = Count(_("Activities: held / planned"), lambda v: f"{v.held or 0} / {v.sessions_planned}")
    attendance = Count(_("Attendance: counted / planned"), lambda v: f"{v.came or 0} / {v.attendance_planned}")
    ends_on = Day(_("Ends on"), sort="ends_on", css="keep")


class ActivityTable(Table):
    """What a venture has held, as its applicant records it."""

    empty = _("No activity recorded yet")
    hint = _("Record each one after it was held.")

    topic = Own(_("Topic"), "topic", cell="delivery/cells/topic.html")
    held_on = Day(_("Held on"), css="text-nowrap")
    place = Text(_("Place"))
    attendance = Count(_("Attendance (人次)"))
    volunteers = Count(_("Volunteers"))
    take_back = Buttons(_("What can be done"), cell="delivery/cells/take_back.html", css="text-md-end")
