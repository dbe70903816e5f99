from django.utils.translation import gettext as _

from common.wording import clauses
from organizations.queries import Standing
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of


class NoEarlierGrant(Evaluation):
    """By calendar years: on a day of 2020 the last three begin with 2017. Without a number: ever."""

    slug = "no_earlier_grant"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        first = case.on.year - rule.number if rule.number else 0
        none = _("No earlier grant of these levels is on record.")
        if rule.number:
            none = _("No earlier grant of these levels is on record since %(year)s.") % {"year": first}

        def of(standing: Standing) -> Answer:
            found = [g.evidence for g in standing.grants if g.value.level in rule.options and g.value.year >= first]
            return not found, case.named(standing, clauses(found) or none)

        return all_of([of(standing) for standing in case.all])


EVALUATION = NoEarlierGrant()
