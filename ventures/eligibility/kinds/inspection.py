from django.utils.translation import gettext as _

from rounds.eligibility_kinds.inspected import results_of
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, number_of


class Inspection(Evaluation):
    slug = "inspection"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        known, first = case.registered.inspection, case.on.year - number_of(rule)
        required = _("Required: passed, of %(year)s or later.") % {"year": first}
        evidence = f"{case.named(case.registered, known.evidence)} · {required}"
        if known.value is None:
            return None, evidence
        return known.value.conclusion in results_of(rule) and known.value.year >= first, evidence


EVALUATION = Inspection()
