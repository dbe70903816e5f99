from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class NotTwice(EligibilityKind):
    slug, place = "not_twice", 110
    label = _("The same content is not funded elsewhere")


KIND = NotTwice()
