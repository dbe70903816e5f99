from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rounds.eligibility_kinds.kind import WithNumber


class NotTerminated(WithNumber):
    slug, place = "not_terminated", 72
    label = _("No venture terminated in the last … years")
    counted = ngettext_lazy(
        "No venture terminated in the last %(n)s year", "No venture terminated in the last %(n)s years", "n"
    )


KIND = NotTerminated()
