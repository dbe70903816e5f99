from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of


class NotListed(Evaluation):
    slug = "not_listed"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        return all_of([(not s.listings.value, case.named(s, s.listings.evidence)) for s in case.all])


EVALUATION = NotListed()
