from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.eligibility import HIGHEST_RATING, NEEDS_NUMBER
from rounds.forms.cards.page import CardPage, TypedTable
from rounds.forms.fields import WholeField, label_of
from rounds.forms.rows import RowForm
from rounds.models import EligibilityRule
from rounds.models.form import KINDS_OF_ORGANIZATION


class EligibilityRow(RowForm):
    """A rule by its kind; the number and the kinds of organization belong to some kinds of rule only."""

    TYPED, ONCE = ("kind",), "kind"
    kind = forms.ChoiceField(
        label=label_of("kind", EligibilityRule),
        choices=[("", gettext_lazy("Please choose")), *EligibilityRule.Kind.choices],
    )
    number = WholeField(label=gettext_lazy("Number (years or A)"), min_value=1, max_value=50, required=False)
    options = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of organization"),
        choices=KINDS_OF_ORGANIZATION,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    effect = forms.ChoiceField(label=label_of("effect", EligibilityRule), choices=EligibilityRule.Effect.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in NEEDS_NUMBER and "number" in cleaned and not cleaned["number"]:
            self.add_error("number", _("This rule needs a number."))
        if kind == EligibilityRule.Kind.RATING and (cleaned.get("number") or 0) > HIGHEST_RATING:
            self.add_error("number", _("The highest rating is %(max)s A.") % {"max": HIGHEST_RATING})
        if kind == EligibilityRule.Kind.KINDS and not cleaned.get("options"):
            self.add_error("options", _("Tick at least one kind of organization."))
        if kind != EligibilityRule.Kind.KINDS:
            cleaned["options"] = []
        if kind not in {*NEEDS_NUMBER, EligibilityRule.Kind.NOT_BARRED}:
            cleaned["number"] = None
        return cleaned


PAGE = CardPage(
    tables=(
        TypedTable(
            gettext_lazy("Rules"),
            EligibilityRow,
            gettext_lazy("Checked by the system when an application is submitted; the evidence is shown in the screening."),
        ),
    ),
)  # fmt: skip
