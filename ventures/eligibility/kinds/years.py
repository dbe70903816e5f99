from django.utils.translation import gettext as _

from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, number_of


class Years(Evaluation):
    slug = "years"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        years, least = case.registered.years, number_of(rule)
        holds = None if years.value is None else years.value >= least
        required = _("Required: %(n)s.") % {"n": least}
        return holds, f"{case.named(case.registered, years.evidence)} · {required}"


EVALUATION = Years()
