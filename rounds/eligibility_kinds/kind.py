"""What a kind of rule on who may apply is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rule: where, as it is said at the cell, and as it is said of the whole card."""

    field: str
    at_cell: str
    on_card: str


class EligibilityKind:
    """A kind of rule, as a round sets it up."""

    slug: str
    place: int  # in the choice of kinds
    label: Any  # … stands for the number
    counted: Any = None  # the label with its number, where English has a singular: ngettext_lazy over `n`
    takes: tuple[str, ...] = ()  # which of `number` and `options` a rule of this kind has
    options: tuple[tuple[str, Any], ...] = ()

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        """What is wrong with the rule, which is the nth of its round."""
        return ()

    def said(self, rule: "EligibilityRule") -> str:
        number = rule.number or 1
        return str(self.counted % {"n": number}) if self.counted else str(self.label).replace("…", str(number))


class WithNumber(EligibilityKind):
    """A rule that means nothing without its number."""

    takes = ("number",)

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        if not rule.number:
            yield Problem(
                "number",
                _("This rule needs a number."),
                _("Rule %(n)s, “%(rule)s”, needs a number.") % {"n": n, "rule": self.label},
            )
