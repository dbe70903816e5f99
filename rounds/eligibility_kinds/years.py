from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.kind import WithNumber


class Years(WithNumber):
    slug, place = "years", 30
    label = _("Registered for at least … years")
    counted = ngettext_lazy("Registered for at least %(n)s year", "Registered for at least %(n)s years", "n")


KIND = Years()
