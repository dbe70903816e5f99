from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import yuan
from common.site.row_editor import RowForm
from common.text import plain
from rounds.budget.checking import Base
from rounds.budget.words import WHOLES
from rounds.forms.budget_fields import LimitField, NamesField, StepsField
from rounds.forms.cards.page import CardPage
from rounds.forms.fields import label_of
from rounds.forms.rows import CardTable, card_table
from rounds.models import BudgetHead, BudgetRule
from rounds.models.budget import LONGEST_HEAD


class HeadRow(RowForm):
    ONCE = "name"
    name = forms.CharField(label=label_of("name", BudgetHead), max_length=LONGEST_HEAD)
    code = forms.CharField(label=label_of("code", BudgetHead), max_length=12, required=False)
    explanation = forms.CharField(label=label_of("explanation", BudgetHead), max_length=200, required=False)


class RuleRow(RowForm):
    """`least` and `most` are each a share, an amount or both."""

    PRESET = frozenset({"base"})
    heads = NamesField(label=label_of("heads", BudgetRule))
    name = forms.CharField(label=label_of("name", BudgetRule), max_length=LONGEST_HEAD, required=False)
    base = forms.ChoiceField(label=label_of("base", BudgetRule), choices=list(WHOLES.items()), initial=Base.GRANT)
    most = LimitField(label=gettext_lazy("At most (% or 元)"), required=False)
    least = LimitField(label=gettext_lazy("At least (% or 元)"), required=False)
    steps = StepsField(label=label_of("steps", BudgetRule), required=False)

    @staticmethod
    def shown(stored: dict[str, Any]) -> dict[str, Any]:
        given = {name: stored[name] for name in ("heads", "name", "base", "steps")}
        return given | {
            "most": (stored["max_percent"], stored["max_amount"]),
            "least": (stored["min_percent"], stored["min_amount"]),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"most", "least", "steps"} <= cleaned.keys():
            return cleaned
        if cleaned["most"] == cleaned["least"] == (None, None) and not cleaned["steps"]:
            self.add_error("most", _("The rule limits nothing: say at most, at least or a price per unit."))
            return cleaned
        for (low, high), unit, say in zip(
            zip(cleaned["least"], cleaned["most"], strict=True), ("%", " 元"), (plain, yuan), strict=True
        ):
            if low is not None and high is not None and low > high:
                said = {"low": say(low) + unit, "high": say(high) + unit}
                self.add_error("least", _("The least, %(low)s, is above the most, %(high)s.") % said)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As it is stored."""
        given = super().values
        max_percent, max_amount = given.pop("most")
        min_percent, min_amount = given.pop("least")
        return given | {
            "min_percent": min_percent, "max_percent": max_percent, "min_amount": min_amount, "max_amount": max_amount,
        }  # fmt: skip


class RuleTable(CardTable):
    @classmethod
    def shown(cls, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [RuleRow.shown(row) for row in stored]


PAGE = CardPage(
    tables=(
        card_table(
            HeadRow,
            gettext_lazy("Budget heads"),
            gettext_lazy("In this order applicants choose among them, for each line of the budget and each expense."),
        ),
        card_table(
            RuleRow,
            gettext_lazy("Budget rules"),
            gettext_lazy(
                "A head without a rule has no limit of its own; at most 0 元 bars it. Several heads are counted together. "
                "Price per unit: 500×2, 200 is 500 元 each for the first 2 and 200 元 each for the rest."
            ),
            RuleTable,
        ),
    ),
)  # fmt: skip
