from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class PartyMarks(EligibilityKind):
    slug, place = "party_marks", 100
    label = _("The four inclusions of party building are recorded")


KIND = PartyMarks()
