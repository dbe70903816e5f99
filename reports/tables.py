"""Finished summaries as a list."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Count, Day, Own, Table


class WorkbookTable(Table):
    empty = _("No summary yet")
    hint = _("Choose round and platform and make the first one.")

    file = Own(_("File"), "name", cell="reports/cells/file.html")
    as_of = Day(_("As of"), css="text-nowrap")
    ventures = Count(_("Ventures"))
    made = Own(_("Made"), "made_at", cell="reports/cells/made.html", css="text-nowrap")
    download = Buttons(_("Download"), cell="reports/cells/download.html", css="text-md-end")
