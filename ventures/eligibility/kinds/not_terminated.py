from django.utils.translation import gettext as _

from common.wording import MARKS, clauses
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, number_of, years_before


class NotTerminated(Evaluation):
    """Ventures terminated less than n years ago or not settled yet, of the organization and its host."""

    slug = "not_terminated"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        since = years_before(case.on, number_of(rule))
        recent = [row for row in case.broken_off if row[2] is None or row[2] > since]
        told = clauses(
            _("《%(title)s》 of %(organization)s, terminated %(day)s") % {
                "title": title, "organization": name, "day": day or _("and not settled yet")
            }
            for title, name, day in recent
        )  # fmt: skip
        none = _("No venture was terminated since %(day)s.") % {"day": since}
        return not recent, f"{told}{MARKS['.']}" if told else none


EVALUATION = NotTerminated()
