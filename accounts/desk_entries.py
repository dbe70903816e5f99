"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(130, _("Administration"))
desk_entry(130, "desk_people", _("People"), "accounts.read_people")
desk_entry(135, "desk_access_log", _("Access log"), "accounts.read_access_log")
desk_entry(140, "desk_journal", _("Journal"), "accounts.read_journal")
