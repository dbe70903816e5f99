from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class Seat(EligibilityKind):
    slug, place = "seat", 88
    label = _("The organization is in the city")


KIND = Seat()
