from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation


class Account(Evaluation):
    slug = "account"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        known = case.registered.has_account
        return known.value, case.named(case.registered, known.evidence)


EVALUATION = Account()
