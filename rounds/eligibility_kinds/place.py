from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class Place(EligibilityKind):
    slug, place = "place", 90
    label = _("The venture is delivered inside the city")


KIND = Place()
