"""What the journal calls a year of the calendar and what is done with it."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_verbs(enter_calendar=_("Calendar entered"), correct_calendar=_("Calendar corrected"))
name_kind("common.calendaryear", _("Working-day calendar"), "desk_calendar_year")
