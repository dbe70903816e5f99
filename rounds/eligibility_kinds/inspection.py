from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import WithNumber


class Inspection(WithNumber):
    slug, place = "inspection", 40
    label = _("Annual inspection passed within the last … years")


KIND = Inspection()
