"""People as a list."""

from django.utils.translation import gettext_lazy as _

from accounts.models import AccessEntry, User
from common.site.tables import Minute, Own, Table, Text


class PeopleTable(Table):
    model = User
    empty = _("Nobody matches these filters.")

    person = Own(_("Person"), "name", cell="accounts/staff/cells/person.html")
    username = Text(_("Username"), sort="username")
    role = Text(_("Role"), "get_role_display")
    second_factor = Own(_("Second factor"), cell="accounts/staff/cells/second_factor.html")
    state = Own(_("State"), cell="accounts/staff/cells/state.html")
    last_login = Minute(_("Last logged in"), sort="last_login", css="text-nowrap")


class AccessTable(Table):
    model = AccessEntry
    empty = _("Nothing in the access log matches.")

    kind = Own(_("What happened"), "get_kind_display", cell="accounts/staff/cells/access_kind.html")
    who = Own(_("Who"), "by_name", cell="accounts/staff/cells/access_who.html")
    what = Own(_("Page or thing"), cell="accounts/staff/cells/access_what.html")
    address = Text(_("Address"), css="text-nowrap")
    when = Minute(_("When"), "at", sort="pk", css="text-nowrap")
