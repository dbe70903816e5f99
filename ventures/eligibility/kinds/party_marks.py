from organizations.models import PartyMark
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation


class PartyMarks(Evaluation):
    slug = "party_marks"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        done = {kind for s in case.all for kind in s.marks.value}
        evidence = " · ".join(case.named(s, s.marks.evidence) for s in case.all)
        return done >= set(PartyMark.Kind.values), evidence


EVALUATION = PartyMarks()
