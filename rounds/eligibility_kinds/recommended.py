from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.eligibility_kinds.kind import EligibilityKind, Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


class Recommended(EligibilityKind):
    """小榄 2021: a unit recommends, on one of the papers that the round asks for."""

    slug, place = "recommended", 95
    label = gettext_lazy("Recommended, with the paper of the recommending unit")
    takes = ("words",)

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        papers = {p.label for p in rule.round.attachment_rules.all()} if rule.round_id else set()
        if not rule.words:
            at_cell = _("Write what the paper is called under “Papers and stamp”.")
            yield Problem("words", at_cell, _("Rule %(n)s names no paper. %(how)s") % {"n": n, "how": at_cell})
        elif rule.round_id and rule.words not in papers:
            at_cell = _("The round asks for no paper “%(paper)s”.") % {"paper": rule.words}
            yield Problem("words", at_cell, _("Rule %(n)s: %(why)s Nobody could apply.") % {"n": n, "why": at_cell})

    def said(self, rule: "EligibilityRule") -> str:
        return _("Recommended: “%(paper)s” is attached") % {"paper": rule.words}


KIND = Recommended()
