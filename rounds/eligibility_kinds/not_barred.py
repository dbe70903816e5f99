from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class NotBarred(EligibilityKind):
    """Without a number it looks back one year."""

    slug, place = "not_barred", 70
    label = _("Not barred, and no venture terminated in the last … years")
    takes = ("number",)


KIND = NotBarred()
