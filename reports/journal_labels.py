"""What the journal calls what is recorded of workbooks."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_verbs(make=_("Workbook made"))
name_kind("reports.workbook", _("Workbook"))
