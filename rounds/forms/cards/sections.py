from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.cards.sections import ALWAYS_ON
from rounds.forms.cards.page import CardPage
from rounds.forms.fields import label_of
from rounds.forms.rows import CardTable, card_table
from rounds.models import FormSection


class SectionRow(RowForm):
    """A section of the form. The built-in ones stay in the table and are switched on or off."""

    SHOWN = ("section_name", "on", "title", "guidance", "required")
    COMPUTED = {"section_name": (gettext_lazy("Section"), "label")}
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
    def is_always_on(self) -> bool:
        return self.section in ALWAYS_ON

    @property
    def has_rows(self) -> bool:
        """Sections that are tables of their own may ask for at least one row."""
        return self.section in {FormSection.Slug.TEAM, FormSection.Slug.INDICATORS, FormSection.Slug.SCHEDULE}

    @property
    def section_name(self) -> Any:
        return FormSection.Slug(self.section).label if self.is_built_in else _("Questions only")

    @property
    def is_removable(self) -> bool:
        return not self.is_built_in

    @property
    def values(self) -> dict[str, Any]:
        """As it is stored, where it is only if it is on."""
        return {"required": False} | {name: value for name, value in super().values.items() if name != "on"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_built_in:
            cleaned["on"] = True
            if not cleaned.get("title") and "title" in cleaned:
                self.add_error("title", _("A section of your own needs a title."))
        if self.is_always_on:
            cleaned["on"] = True
        return cleaned


class SectionTable(CardTable):
    """The built-in sections are all there, on or off."""

    @classmethod
    def shown(cls, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is on in its order, then what is off. Without rows: the plain form."""
        there = {row["slug"] for row in stored}
        off = [slug for slug in FormSection.Slug if slug not in there]
        return [{"on": True, **row} for row in stored] + [
            {"on": not stored and slug in ALWAYS_ON, "slug": slug.value, "title": "", "guidance": "", "required": False}
            for slug in off
        ]

    @property
    def kept(self) -> list[Any]:
        return [row for row in self.given if row.cleaned_data["on"]]


PAGE = CardPage(
    tables=(
        card_table(
            SectionRow,
            gettext_lazy("Sections"),
            gettext_lazy("In this order applicants fill them in. Extra questions are asked at the end of their section."),
            SectionTable,
            add_label=gettext_lazy("Add a section of your own"),
        ),
    ),
)  # fmt: skip
