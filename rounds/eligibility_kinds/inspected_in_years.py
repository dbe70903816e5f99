import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.clock import today
from common.text import half_width
from common.wording import listed
from organizations.models.records import FIRST_YEAR
from rounds.eligibility_kinds.inspected import Inspected
from rounds.eligibility_kinds.kind import Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule

_YEARS = re.compile(r"\d{4}[\u5e74\u5ea6]*([\u3001\u548c,;\s]+\d{4}[\u5e74\u5ea6]*)*")


def named_years(words: str) -> list[int]:
    """2023、2024 → [2023, 2024]; [] when it is no list of years."""
    plain = half_width(words).strip()
    return sorted({int(year) for year in re.findall(r"\d{4}", plain)}) if _YEARS.fullmatch(plain) else []


class InspectedInYears(Inspected):
    slug, place = "inspected_in_years", 44
    label = gettext_lazy("Annual inspection passed in named years")
    takes = ("words", "options")

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        years = named_years(rule.words)
        strange = [year for year in years if not FIRST_YEAR <= year <= today().year]
        if not years:
            at_cell = _("Write the years like 2023, 2024.")
            yield Problem("words", at_cell, _("Rule %(n)s names no year. %(how)s") % {"n": n, "how": at_cell})
        elif strange:
            at_cell = _("Of %(years)s there is no annual inspection.") % {"years": listed(strange)}
            yield Problem("words", at_cell, _("Rule %(n)s: %(why)s Nobody could apply.") % {"n": n, "why": at_cell})

    def said(self, rule: "EligibilityRule") -> str:
        said = _("Annual inspection passed in %(years)s") % {"years": listed(named_years(rule.words))}
        return self.with_ticked(said, rule)


KIND = InspectedInYears()
