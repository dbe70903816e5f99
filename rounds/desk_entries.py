"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(20, _("Call and screening"))
desk_entry(20, "desk_rounds", _("Rounds"), "accounts.use_desk", ("desk_calendar",))
