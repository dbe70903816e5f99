"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "desk_reports",
    here=_("Order Excel summaries of a round for a platform or the whole city."),
    then=_("The file is made in the background; fetch it from the list below."),
    final=_("Orders and downloads stand in the access log."),
)
