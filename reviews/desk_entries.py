"""What this room puts into the navigation of the desk."""

from django.utils.translation import gettext_lazy as _

from common.site.desk import desk_entry, desk_group

desk_group(50, _("Review and notice"))
desk_entry(50, "desk_reviews", _("Review and selection"), "reviews.read_desk")
