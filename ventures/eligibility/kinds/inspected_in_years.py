from rounds.eligibility_kinds.inspected_in_years import named_years
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation
from ventures.eligibility.inspected import inspected_in


class InspectedInYears(Evaluation):
    slug = "inspected_in_years"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        return inspected_in(named_years(rule.words), rule, case)


EVALUATION = InspectedInYears()
