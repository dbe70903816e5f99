from django.utils.translation import gettext as _

from common.wording import clauses
from organizations.queries import Standing
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of, number_of, years_before


class NotPenalized(Evaluation):
    """A penalty counts until the day n years after its decision, that day not included."""

    slug = "not_penalized"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        since = years_before(case.on, number_of(rule))

        def of(standing: Standing) -> Answer:
            recent = [known.evidence for known in standing.penalties if known.value > since]
            none = _("No penalty is on record since %(day)s.") % {"day": since}
            return not recent, case.named(standing, clauses(recent) or none)

        return all_of([of(standing) for standing in case.all])


EVALUATION = NotPenalized()
