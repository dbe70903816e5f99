"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(70, _("Money and delivery"))
desk_entry(70, "desk_payments", _("Payments"), "ventures.read_money")
