from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.wording import labelled, listed
from rounds.eligibility_kinds.kind import EligibilityKind, Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


class Kinds(EligibilityKind):
    """By the first two characters of the credit code (GB 32100-2015)."""

    slug, place = "kinds", 20
    label = gettext_lazy("Kind of organization is one of")
    takes = ("options",)
    options = (
        ("51", gettext_lazy("Social association")),
        ("52", gettext_lazy("Private non-enterprise unit")),
        ("53", gettext_lazy("Foundation")),
    )

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        if not rule.options:
            yield Problem(
                "options",
                _("Tick at least one kind of organization."),
                _("Rule %(n)s names no kind of organization: nobody could apply.") % {"n": n},
            )

    def lets_in(self, rule: "EligibilityRule") -> frozenset[str] | None:
        return frozenset(rule.options)

    def said(self, rule: "EligibilityRule") -> str:
        named = self.ticked(rule)
        return labelled(self.label, listed(named)) if named else str(self.label)


KIND = Kinds()
