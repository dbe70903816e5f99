from django.utils.translation import gettext as _

from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, number_of


class Rating(Evaluation):
    slug = "rating"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        known, least = case.registered.rating, number_of(rule)
        required = _("Required: %(n)sA, valid on %(day)s.") % {"n": least, "day": case.on}
        evidence = f"{case.named(case.registered, known.evidence)} · {required}"
        return known.value is not None and known.value.grade >= least, evidence


EVALUATION = Rating()
