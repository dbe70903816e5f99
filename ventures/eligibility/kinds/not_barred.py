from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of


class NotBarred(Evaluation):
    slug = "not_barred"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        return all_of([(not s.bans.value, case.named(s, s.bans.evidence)) for s in case.all])


EVALUATION = NotBarred()
