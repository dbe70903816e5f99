"""Filters of the access log; they live in the URL."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind
from common.site.fields import DayField
from common.site.forms import PageForm


class AccessFilter(PageForm):
    by = forms.CharField(
        label=_("Who"), max_length=80, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    address = forms.CharField(label=_("Address"), max_length=45, required=False)
    since = DayField(label=_("From day"), required=False, widget=forms.DateInput)
    until = DayField(label=_("To day"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *Kind.choices]  # type: ignore[attr-defined]
