"""What the journal calls what is done here."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_verbs, show_to_all

show_to_all("record_activity")
name_verbs(record_activity=_("Activity recorded"), reverse_activity=_("Activity taken back"))
