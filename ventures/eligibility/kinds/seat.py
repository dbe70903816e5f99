from django.utils.translation import gettext as _

from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, lies_in


class Seat(Evaluation):
    """Where it is registered; of a group, the host."""

    slug = "seat"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        place, city = case.registered.place.value, case.round.platform.place
        evidence = _("Its place: %(place)s (%(code)s); the round is for %(city)s.") % {
            "place": place, "code": place.code, "city": case.round.city,
        }  # fmt: skip
        return lies_in(place, city), case.named(case.registered, evidence)


EVALUATION = Seat()
