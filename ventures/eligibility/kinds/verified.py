from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of


class Verified(Evaluation):
    slug = "verified"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        answers: list[Answer] = [(s.is_verified.value, case.named(s, s.is_verified.evidence)) for s in case.all]
        if case.standing.host:
            answers.append((case.standing.host_agrees.value is True, case.standing.host_agrees.evidence))
        return all_of(answers)


EVALUATION = Verified()
