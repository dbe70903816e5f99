"""Whether the inspections of certain years are those that a rule asks for."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from common.wording import clauses, listed
from rounds.eligibility_kinds.inspected import results_of
from rounds.models import EligibilityRule
from ventures.eligibility.case import Answer, Case, all_of


def inspected_in(years: Iterable[int], rule: EligibilityRule, case: Case) -> Answer:
    """Each of the years, the earliest first. One of which nothing is on record is not known."""
    there, counting = case.registered.inspections, results_of(rule)
    wanted = sorted(years)
    answers: list[Answer] = [
        (there[year].value.conclusion in counting, there[year].evidence)
        if year in there
        else (None, _("%(year)s: nothing is on record") % {"year": year})
        for year in wanted
    ]
    told = clauses(evidence for __, evidence in answers)
    required = _("Required: passed, of %(years)s.") % {"years": listed(wanted)}
    return all_of(answers)[0], f"{case.named(case.registered, told)} · {required}"
