from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import WithNumber


class Years(WithNumber):
    slug, place = "years", 30
    label = _("Registered for at least … years")


KIND = Years()
