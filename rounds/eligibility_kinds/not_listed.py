from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class NotListed(EligibilityKind):
    slug, place = "not_listed", 60
    label = _("On no list of abnormal or dishonest organizations")


KIND = NotListed()
