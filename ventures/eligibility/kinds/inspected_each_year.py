from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, number_of
from ventures.eligibility.inspected import inspected_in


class InspectedEachYear(Evaluation):
    slug = "inspected_each_year"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        this_year = case.on.year
        return inspected_in(range(this_year - number_of(rule), this_year), rule, case)


EVALUATION = InspectedEachYear()
