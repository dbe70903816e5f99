"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "desk_showcases",
    "desk_showcase_plan",
    "desk_showcase_edit",
    here=_("Events that show the outcome of rounds or launch others."),
    then=_("Fill exhibits and programme, then announce it."),
)
page_help(
    "desk_showcase",
    here=_("Exhibits, material and programme of one event."),
    then=_("After the event record it as held: its ventures count as shown."),
    final=_("What was held or cancelled does not change any more."),
)
page_help(
    "desk_showcase_cancel",
    here=_("The event does not take place, with the reason."),
    then=_("Its ventures wait for another one."),
    final=_("It can not be undone."),
)
