"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "desk_journal",
    here=_("Everything that was done: what, with which thing, by whom, when."),
    final=_("The journal is written once and never changed."),
)
page_help(
    "desk_calendar",
    "desk_calendar_year",
    "desk_calendar_enter",
    here=_("Days off and make-up workdays by year; every period in working days is counted by them."),
    then=_("Enter next year's arrangement when the State Council has published it."),
)
