from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from common.wording import clauses
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation
from ventures.models import Attachment


class Recommended(Evaluation):
    """That the paper is there; what it says a clerk reads."""

    slug = "recommended"
    needs_venture = True

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        if case.venture is None:
            return None, _("There is no application yet.")
        papers = Attachment.objects.filter(venture=case.venture, rule__label=rule.words).select_related("file")
        told = [
            _("%(file)s, uploaded on %(day)s") % {"file": p.file, "day": localdate(p.file.created_at)} for p in papers
        ]
        return bool(told), clauses(told) or _("“%(paper)s” is not attached.") % {"paper": rule.words}


EVALUATION = Recommended()
