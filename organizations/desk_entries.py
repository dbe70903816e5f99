"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(110, _("Register and reports"))
desk_entry(110, "desk_organizations", _("Organizations"), "accounts.use_desk", ("desk_platforms",))
