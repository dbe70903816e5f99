"""The order form of a summary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_staff
from common.clock import today
from common.site.fields import DayField
from common.site.forms import PageForm
from organizations.models import Platform
from organizations.queries import platforms_of
from reports.audience import Audience, audiences_of
from reports.sheets import SHEETS, sheets_for
from rounds.models import Round


class OrderForm(PageForm):
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.public())
    platform = forms.ModelChoiceField(
        label=_("Platform"),
        queryset=Platform.objects.none(),
        help_text=_("The city holds everything; a town holds its own ventures and those of its villages."),
    )
    as_of = DayField(label=_("As of"), widget=forms.DateInput, initial=today)
    sheets = forms.MultipleChoiceField(
        label=_("Sheets"),
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label=_("Made for"),
        choices=[(a.value, a.label) for a in (Audience.OFFICE, Audience.PLATFORM)],
        initial=Audience.OFFICE,
        widget=forms.RadioSelect,
        help_text=_(
            "What is made for a platform can be fetched by its people; it tells nothing of the selection before the "
            "public notice, and no scores."
        ),
    )

    left_out: list[str] = []  # names of sheets that were ticked and are not for whom the summary is

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("audience") == Audience.PLATFORM and data.get("sheets"):
            theirs = sheets_for(self.user, Audience.PLATFORM)
            if kept := [key for key in data["sheets"] if key in theirs]:  # else the action says why not
                self.left_out = [SHEETS[key].name for key in data["sheets"] if key not in kept]
                data["sheets"] = kept
        return data

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        sheets: Any = self.fields["sheets"]
        sheets.choices = [(key, form.name) for key, form in sheets_for(user).items()]
        sheets.initial = [key for key, _name in sheets.choices]
        if Audience.OFFICE not in audiences_of(user):
            del self.fields["audience"]
        platforms: Any = self.fields["platform"]
        platforms.queryset = (
            Platform.objects.all() if is_staff(user) else Platform.objects.filter(pk__in=platforms_of(user))
        )
        platforms.empty_label = None
        rounds: Any = self.fields["round"]
        rounds.queryset = Round.objects.public().select_related("series")
        rounds.empty_label = None
        rounds.label_from_instance = lambda round_: round_.title
