from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.kind import EligibilityKind


class NotBarred(EligibilityKind):
    """Without a number it looks back one year."""

    slug, place = "not_barred", 70
    label = _("Not barred, and no venture terminated in the last … years")
    counted = ngettext_lazy(
        "Not barred, and no venture terminated in the last %(n)s year",
        "Not barred, and no venture terminated in the last %(n)s years",
        "n",
    )
    takes = ("number",)


KIND = NotBarred()
