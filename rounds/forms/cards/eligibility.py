from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.eligibility_kinds import KINDS, choices
from rounds.forms.cards.page import CardPage
from rounds.forms.fields import WholeField, label_of, taking
from rounds.forms.rows import card_table
from rounds.models import EligibilityRule

TAKEN = ("number", "options")  # by some kinds only


class EligibilityRow(RowForm):
    """A rule by its kind; the number and the kinds of organization belong to some kinds of rule only."""

    PRESET, ONCE = frozenset({"number", "options", "effect"}), "kind"
    ONLY_FOR = {name: taking(KINDS, name) for name in TAKEN}
    kind = forms.ChoiceField(
        label=label_of("kind", EligibilityRule),
        choices=[("", gettext_lazy("Please choose")), *choices()],
    )
    number = WholeField(label=gettext_lazy("Number (years or A)"), min_value=1, max_value=50, required=False)
    options = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of organization"),
        choices=[option for kind in KINDS.values() for option in kind.options],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    effect = forms.ChoiceField(label=label_of("effect", EligibilityRule), choices=EligibilityRule.Effect.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = KINDS.get(cleaned.get("kind", ""))
        if kind is None or not set(TAKEN) <= set(cleaned):  # told already
            return cleaned
        for name, nothing in (("number", None), ("options", [])):
            if name not in kind.takes:
                cleaned[name] = nothing
        rule = EligibilityRule(kind=kind.slug, number=cleaned["number"], options=cleaned["options"])
        for problem in kind.problems(rule, 1):
            self.add_error(problem.field, problem.at_cell)
        return cleaned


PAGE = CardPage(
    tables=(
        card_table(
            EligibilityRow,
            gettext_lazy("Rules"),
            gettext_lazy("Checked by the system when an application is submitted; the evidence is shown in the screening."),
        ),
    ),
)  # fmt: skip
