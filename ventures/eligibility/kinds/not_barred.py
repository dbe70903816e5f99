from datetime import date

from django.utils.translation import gettext as _

from common.wording import MARKS, clauses
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, Evaluation, all_of, number_of


def years_before(day: date, years: int) -> date:
    """The same day some years ago; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class NotBarred(Evaluation):
    """Bans in force, and ventures terminated less than n years ago or not settled yet."""

    slug = "not_barred"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        answers: list[Answer] = [(not s.bans.value, case.named(s, s.bans.evidence)) for s in case.all]
        since = years_before(case.on, number_of(rule))
        recent = [row for row in case.broken_off if row[2] is None or row[2] > since]
        told = clauses(
            _("《%(title)s》 of %(organization)s, terminated %(day)s") % {
                "title": title, "organization": name, "day": day or _("and not settled yet")
            }
            for title, name, day in recent
        )  # fmt: skip
        none = _("No venture was terminated since %(day)s.") % {"day": since}
        answers.append((not recent, f"{told}{MARKS['.']}" if told else none))
        return all_of(answers)


EVALUATION = NotBarred()
