from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.wording import labelled, listed
from organizations.models import ApplicantKind
from rounds.eligibility_kinds.kind import Choices, EligibilityKind, Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


class Kinds(EligibilityKind):
    """Among the kinds of applicants of the register."""

    slug, place = "kinds", 20
    label = gettext_lazy("Kind of applicant is one of")
    takes = ("options",)

    def choices(self) -> Choices:
        """One query."""
        return list(ApplicantKind.objects.values_list("code", "name"))

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        if not rule.options:
            yield Problem(
                "options",
                _("Tick at least one kind of applicant."),
                _("Rule %(n)s names no kind of applicant: nobody could apply.") % {"n": n},
            )

    def lets_in(self, rule: "EligibilityRule") -> frozenset[str] | None:
        return frozenset(rule.options)

    def said(self, rule: "EligibilityRule") -> str:
        named = self.ticked(rule)
        return labelled(self.label, listed(named)) if named else str(self.label)


KIND = Kinds()
