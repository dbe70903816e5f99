from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation


class Kinds(Evaluation):
    """The applicant's own kind: a group's is not its host's."""

    slug = "kinds"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        kind = case.standing.kind
        return kind.value in rule.options, kind.evidence


EVALUATION = Kinds()
