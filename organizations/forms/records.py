"""Forms of the records of an organization: one for each kind, and the one sentence of striking out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from common.site.comparing import ComparedForm
from common.site.fields import CodeField, DayField
from common.site.forms import PageForm, PageModelForm
from organizations.models import (
    AnnualInspection,
    Ban,
    CreditListing,
    EarlierGrant,
    PartyMark,
    Penalty,
    Platform,
    Rating,
    Record,
)

FIELDS: Mapping[type[Record], list[str]] = {
    AnnualInspection: ["year", "conclusion", "decided_on", "document"],
    Rating: ["grade", "awarded_on", "valid_until", "document"],
    CreditListing: ["kind", "ground", "listed_on", "removed_on", "document"],
    Penalty: ["authority", "ground", "decided_on", "document"],
    Ban: ["reason", "source", "from_on", "until_on", "document"],
    EarlierGrant: ["level", "year", "programme", "document"],
    PartyMark: ["kind", "done_on", "document"],
}


class RecordForm(ComparedForm, PageModelForm):
    """Only the shapes; the action checks the rules, and its sentences are the ones to show."""

    def _post_clean(self) -> None:
        pass


def form_of(kind: type[Record]) -> Any:
    """The form class of a kind of record."""
    return modelform_factory(kind, form=RecordForm, fields=FIELDS[kind])


class NoteForm(PageForm):
    """A decision that needs a reason."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DeclineForm(NoteForm):
    """A refusal that may have a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        self.fields["note"].help_text = _("May be left empty; the group is told.")


class EnterPlatformForm(PageForm):
    platform = forms.ModelChoiceField(label=_("Platform"), queryset=Platform.objects.none())
    entered_on = DayField(label=_("Entered on"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = Platform.objects.all()  # type: ignore[attr-defined]


class GraduateForm(PageForm):
    graduated_on = DayField(label=_("Left on"), widget=forms.DateInput)


class ImportForm(PageForm):
    file = forms.FileField(
        label=_("Workbook or table (.xlsx, .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("At most 10 MB and 20,000 rows. Nothing is stored before you have seen the preview."),
    )


class HostForm(PageForm):
    host_code = CodeField(label=_("Code of the host"), max_length=40)
