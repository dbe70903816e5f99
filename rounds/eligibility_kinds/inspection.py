from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.inspected import Inspected
from rounds.eligibility_kinds.kind import WithNumber


class Inspection(Inspected, WithNumber):
    """The last one decides, and it must not be older."""

    slug, place = "inspection", 40
    label = _("Annual inspection passed within the last … years")
    counted = ngettext_lazy(
        "Annual inspection passed within the last %(n)s year",
        "Annual inspection passed within the last %(n)s years",
        "n",
    )
    takes = ("number", "options")


KIND = Inspection()
