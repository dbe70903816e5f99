from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class Verified(EligibilityKind):
    slug, place = "verified", 10
    label = _("The organization is verified")


KIND = Verified()
