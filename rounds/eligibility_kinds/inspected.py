"""What all rules on annual inspections share: which results count."""

from typing import TYPE_CHECKING

from organizations.models import AnnualInspection
from rounds.eligibility_kinds.kind import EligibilityKind

if TYPE_CHECKING:
    from rounds.models import EligibilityRule

PASSED = (AnnualInspection.Conclusion.PASSED, AnnualInspection.Conclusion.BASICALLY)


class Inspected(EligibilityKind):
    """A rule on annual inspections (年检, 年报). Nothing ticked: passed and basically passed."""

    options = tuple(AnnualInspection.Conclusion.choices)

    def said(self, rule: "EligibilityRule") -> str:
        return self.with_ticked(super().said(rule), rule)


def results_of(rule: "EligibilityRule") -> frozenset[str]:
    """The results that count."""
    return frozenset(rule.options or PASSED)
