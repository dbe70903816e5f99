from django.utils.translation import gettext as _

from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, lies_in


class Place(Evaluation):
    """Inside the city of the round, and in its towns if it names some."""

    slug = "place"
    needs_venture = True

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        place = case.venture.place if case.venture else None
        if place is None:
            return None, _("No place of delivery is given yet.")
        city = case.round.platform.place
        inside = lies_in(place, city) and case.round.places_offered().filter(pk=place.pk).exists()
        return inside, _("Place of delivery: %(place)s (%(code)s); the round is for %(city)s.") % {
            "place": place, "code": place.code, "city": case.round.city,
        }  # fmt: skip


EVALUATION = Place()
