from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.wording import labelled, listed
from organizations.models import EarlierGrant
from rounds.eligibility_kinds.kind import EligibilityKind, Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


class NoEarlierGrant(EligibilityKind):
    """武进: who had a grant of the ministry or the province before is barred. Without a number: ever."""

    slug, place = "no_earlier_grant", 76
    label = gettext_lazy("No earlier grant of these levels")
    takes = ("number", "options")
    options = tuple(EarlierGrant.Level.choices)

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        if not rule.options:
            yield Problem(
                "options",
                _("Tick at least one level."),
                _("Rule %(n)s on earlier grants names no level.") % {"n": n},
            )

    def said(self, rule: "EligibilityRule") -> str:
        said = str(self.label)
        if rule.number:
            said = ngettext(
                "No grant of these levels in the last %(n)s year",
                "No grant of these levels in the last %(n)s years",
                rule.number,
            ) % {"n": rule.number}
        return labelled(said, listed(self.ticked(rule)))


KIND = NoEarlierGrant()
