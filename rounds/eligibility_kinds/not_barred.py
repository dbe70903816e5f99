from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class NotBarred(EligibilityKind):
    """Sanctions of this system: a ban in force."""

    slug, place = "not_barred", 70
    label = _("Under no ban")


KIND = NotBarred()
