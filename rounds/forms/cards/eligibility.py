from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from common.text import clean
from rounds.eligibility_kinds import KINDS, choices
from rounds.eligibility_kinds.whole import problems
from rounds.forms.cards.page import CardPage
from rounds.forms.fields import WholeField, label_of, taking
from rounds.forms.rows import CardTable, card_table
from rounds.models import EligibilityRule

NOTHING: Mapping[str, Any] = {"number": None, "options": [], "words": ""}  # what is taken by some kinds only


class OptionTicks(forms.CheckboxSelectMultiple):
    """Boxes of which each is for some kinds of rule only."""

    only_for: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-for"] = self.only_for.get(str(value), "")
        return option


class EligibilityRow(RowForm):
    """A rule by its kind; number, boxes and words belong to some kinds of rule only."""

    PRESET = frozenset({"joined", "number", "options", "words", "effect"})
    ONLY_FOR = {name: taking(KINDS, name) for name in NOTHING}
    joined = forms.ChoiceField(
        label=label_of("joined", EligibilityRule), choices=EligibilityRule.Joined.choices, required=False
    )
    kind = forms.ChoiceField(
        label=label_of("kind", EligibilityRule),
        choices=[("", gettext_lazy("Please choose")), *choices()],
    )
    number = WholeField(label=gettext_lazy("Number (years or A)"), min_value=1, max_value=50, required=False)
    options = forms.MultipleChoiceField(label=gettext_lazy("Of these"), required=False, widget=OptionTicks)
    words = forms.CharField(label=gettext_lazy("Years or paper"), max_length=120, required=False)
    effect = forms.ChoiceField(label=label_of("effect", EligibilityRule), choices=EligibilityRule.Effect.choices)

    def clean_joined(self) -> str:
        return self.cleaned_data["joined"] or EligibilityRule.Joined.ALSO

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = KINDS.get(cleaned.get("kind", ""))
        if kind is None or not set(NOTHING) <= set(cleaned):  # told already
            return cleaned
        for name, nothing in NOTHING.items():
            if name not in kind.takes:
                cleaned[name] = nothing
        known = dict(kind.choices())
        cleaned["options"] = [key for key in cleaned["options"] if key in known]
        return cleaned


class EligibilityTable(CardTable):
    """The rules in their order; one that may stand for the rule above it does what that one does."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["options"].choices = self._options
        form.fields["options"].widget.only_for = self._only_for

    @cached_property
    def _ticked(self) -> dict[str, list[tuple[str, Any]]]:
        return {slug: list(kind.choices()) for slug, kind in KINDS.items() if "options" in kind.takes}

    @cached_property
    def _options(self) -> list[tuple[str, Any]]:
        return list({key: (key, label) for found in self._ticked.values() for key, label in found}.values())

    @cached_property
    def _only_for(self) -> dict[str, str]:
        return {
            key: " ".join(slug for slug, found in self._ticked.items() if key in dict(found))
            for key, __ in self._options
        }

    def clean(self) -> None:
        super().clean()
        rows = self.given
        if any(row.errors for row in rows):
            return
        for n, problem in problems([_as_rule(row.values) for row in rows]):
            rows[n - 1].add_error(problem.field, problem.at_cell)

    @property
    def values(self) -> list[dict[str, Any]]:
        rows = super().values
        for above, row in pairwise(rows):
            if row["joined"] == EligibilityRule.Joined.OR:
                row["effect"] = above["effect"]
        return rows


def _as_rule(values: Mapping[str, Any]) -> EligibilityRule:
    given = {**values, "words": clean(values["words"])}
    return EligibilityRule(**given)


PAGE = CardPage(
    tables=(
        card_table(
            EligibilityRow,
            gettext_lazy("Rules"),
            gettext_lazy(
                "All of them have to be met; of rules joined by “or the rule above” any one is enough. Checked by the system "
                "when an application is submitted; the evidence is shown in the screening."
            ),
            base=EligibilityTable,
        ),
    ),
)
