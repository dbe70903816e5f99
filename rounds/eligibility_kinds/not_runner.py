from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class NotRunner(EligibilityKind):
    """海南 琼民规〔2024〕9号."""

    slug, place = "not_runner", 78
    label = _("Does not run the round (host, organizer, co-organizer, platform)")


KIND = NotRunner()
