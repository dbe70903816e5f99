from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.kind import WithNumber


class NotPenalized(WithNumber):
    """恩施 2025."""

    slug, place = "not_penalized", 64
    label = _("No administrative penalty in the last … years")
    counted = ngettext_lazy(
        "No administrative penalty in the last %(n)s year", "No administrative penalty in the last %(n)s years", "n"
    )


KIND = NotPenalized()
