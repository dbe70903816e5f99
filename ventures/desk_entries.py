"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry

desk_entry(10, "desk_home", _("Today"), "accounts.use_desk")
desk_entry(30, "desk_ventures", _("Ventures"), "accounts.use_desk")
desk_entry(40, "desk_screening", _("Screening"), "accounts.use_desk")
desk_entry(60, "desk_notices", _("Notices and objections"), "accounts.use_desk", ("desk_objection",))
desk_entry(100, "desk_closures", _("Closures"), "accounts.use_desk")
