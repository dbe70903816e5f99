from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.inspected import Inspected
from rounds.eligibility_kinds.kind import WithNumber


class InspectedEachYear(Inspected, WithNumber):
    """The years that are over: on a day of 2025 the last two are 2023 and 2024."""

    slug, place = "inspected_each_year", 42
    label = _("Annual inspection passed in each of the last … years")
    counted = ngettext_lazy(
        "Annual inspection of the last year passed",
        "Annual inspection passed in each of the last %(n)s years",
        "n",
    )
    takes = ("number", "options")


KIND = InspectedEachYear()
