"""The rows of each table of the set-up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.forms.fields import PercentField, WholeField, label_of
from rounds.forms.rows import CardRow
from rounds.models import AttachmentRule, BudgetCategory, EligibilityRule, FormSection, TrancheRule
from rounds.models.form import KINDS_OF_ORGANIZATION
from rounds.readiness import ALWAYS_ON, HIGHEST_RATING, NEEDS_NUMBER

# A number is asked for by these kinds of rule; the last may do without.
HAS_NUMBER = (*NEEDS_NUMBER, EligibilityRule.Kind.NOT_BARRED)


class CategoryRow(CardRow):
    ONCE = "name"
    name = forms.CharField(label=gettext_lazy("Category"), max_length=40)


class CheckRow(CardRow):
    ONCE = "label"
    label = forms.CharField(label=gettext_lazy("What is checked"), max_length=120)


class RubricRow(CardRow):
    PRESET, ONCE = frozenset({"tie_break"}), "label"
    label = forms.CharField(label=gettext_lazy("Criterion"), max_length=40)
    weight = WholeField(label=gettext_lazy("Points"), min_value=1, max_value=100)
    guidance = forms.CharField(label=gettext_lazy("What experts look at"), max_length=200, required=False)
    tie_break = WholeField(label=gettext_lazy("Tie-break"), min_value=1, max_value=9, required=False)


class TrancheRow(CardRow):
    PRESET, ONCE = frozenset({"trigger"}), "label"
    label = forms.CharField(label=gettext_lazy("Tranche"), max_length=20)
    percent = PercentField(label=gettext_lazy("Share (%)"))
    trigger = forms.ChoiceField(label=gettext_lazy("When it is paid"), choices=TrancheRule.Trigger.choices)


class BudgetRuleRow(CardRow):
    PRESET, ONCE = frozenset({"category"}), "category"
    category = forms.ChoiceField(label=gettext_lazy("Kind of expense"), choices=BudgetCategory.choices)
    max_percent = PercentField(label=gettext_lazy("At most (% of the grant)"))


class PaperRow(CardRow):
    PRESET, ONCE = frozenset({"required", "max_files"}), "label"
    label = forms.CharField(label=label_of("label", AttachmentRule), max_length=60)
    help_text = forms.CharField(label=label_of("help_text", AttachmentRule), max_length=200, required=False)
    required = forms.BooleanField(label=label_of("required", AttachmentRule), required=False)
    max_files = WholeField(
        label=label_of("max_files", AttachmentRule), min_value=1, max_value=20, required=False, initial=3
    )

    def clean_max_files(self) -> int:
        return self.cleaned_data["max_files"] or 3


class EligibilityRow(CardRow):
    """A rule by its kind; the number and the kinds of organization belong to some kinds of rule only."""

    PRESET, ONCE = frozenset({"number", "options", "effect"}), "kind"
    ONLY_FOR = {"number": HAS_NUMBER, "options": (EligibilityRule.Kind.KINDS,)}
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
        if kind not in HAS_NUMBER:
            cleaned["number"] = None
        return cleaned


class SectionRow(CardRow):
    """A section of the form. The built-in ones stay in the table and are switched on or off."""

    SHOWN = ("section_name", "on", "title", "guidance", "required")
    COMPUTED = {"section_name": (gettext_lazy("Section"), "words")}
    PRESET = frozenset({"on", "required"})
    slug = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    on = forms.BooleanField(label=gettext_lazy("On"), required=False)
    title = forms.CharField(label=label_of("title", FormSection), max_length=40, required=False)
    guidance = forms.CharField(
        label=label_of("guidance", FormSection),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    required = forms.BooleanField(label=label_of("required", FormSection), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_always_on:
            # What can not be switched is shown ticked; a disabled box sends nothing.
            self.fields["on"].disabled, self.fields["on"].initial = True, True
        if not self.has_rows:
            del self.fields["required"]
        if self.is_built_in:
            self.fields["title"].widget.attrs["placeholder"] = str(FormSection.Slug(self.section).label)

    @property
    def section(self) -> str:
        sent = self.data.get(self.add_prefix("slug"), "") if self.is_bound else self.initial.get("slug", "")
        return str(sent)

    @property
    def is_built_in(self) -> bool:
        return self.section in FormSection.Slug.values

    @property
    def is_removable(self) -> bool:
        return not self.is_built_in

    @property
    def is_always_on(self) -> bool:
        return self.section in ALWAYS_ON

    @property
    def has_rows(self) -> bool:
        """Sections that are tables of their own may ask for at least one row."""
        return self.section in {FormSection.Slug.TEAM, FormSection.Slug.INDICATORS, FormSection.Slug.SCHEDULE}

    @property
    def section_name(self) -> Any:
        return FormSection.Slug(self.section).label if self.is_built_in else _("Questions only")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_built_in:
            cleaned["on"] = True
            if not cleaned.get("title") and "title" in cleaned:
                self.add_error("title", _("A section of your own needs a title."))
        if self.is_always_on:
            cleaned["on"] = True
        return cleaned

    @classmethod
    def shown(cls, stored: Mapping[str, Any]) -> dict[str, Any]:
        return {"on": True, **stored}
