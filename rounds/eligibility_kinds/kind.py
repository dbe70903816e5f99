"""What a kind of rule on who may apply is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.wording import bracketed, listed

if TYPE_CHECKING:
    from rounds.models import EligibilityRule

Choices = Sequence[tuple[str, Any]]


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
    takes: tuple[str, ...] = ()  # which of `number`, `options` and `words` a rule of this kind has
    options: Choices = ()

    def choices(self) -> Choices:
        """What can be ticked: its options, or rows of the register."""
        return self.options

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        """What is wrong with the rule, which is the nth of its round."""
        return ()

    def lets_in(self, rule: "EligibilityRule") -> frozenset[str] | None:
        """The kinds of applicants that can meet it at all; None: any."""
        return None

    def said(self, rule: "EligibilityRule") -> str:
        number = rule.number or 1
        return str(self.counted % {"n": number}) if self.counted else str(self.label).replace("…", str(number))

    def ticked(self, rule: "EligibilityRule") -> list[str]:
        """The options of the rule, in words."""
        return [str(label) for key, label in self.choices() if key in rule.options]

    def with_ticked(self, said: str, rule: "EligibilityRule") -> str:
        """What was said, and in brackets what is ticked."""
        ticked = self.ticked(rule)
        return said + bracketed(listed(ticked)) if ticked else said


class WithNumber(EligibilityKind):
    """A rule that means nothing without its number."""

    takes: tuple[str, ...] = ("number",)
    most = 50
    too_many: Any = gettext_lazy("More than %(max)s years nobody can show.")

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        if not rule.number:
            yield Problem(
                "number",
                _("This rule needs a number."),
                _("Rule %(n)s, “%(rule)s”, needs a number.") % {"n": n, "rule": self.label},
            )
        elif rule.number > self.most:
            at_cell = str(self.too_many) % {"max": self.most}
            yield Problem(
                "number",
                at_cell,
                _("Rule %(n)s asks for %(number)s: nobody could apply. %(why)s")
                % {"n": n, "number": rule.number, "why": at_cell},
            )
