from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation


class Kinds(Evaluation):
    slug = "kinds"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        kind = case.registered.kind
        return str(kind.value) in rule.options, case.named(case.registered, kind.evidence)


EVALUATION = Kinds()
