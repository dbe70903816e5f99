"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(90, _("Showcase and closure"))
desk_entry(90, "desk_showcases", _("Showcases"), "showcases.read_plans")
