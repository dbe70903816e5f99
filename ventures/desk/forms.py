"""Forms of the staff desk: thin; the actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.forms import PageForm
from organizations.models import Platform
from rounds.forms.choosing import offer_rounds
from rounds.models import Round
from ventures.states import State


class VentureFilter(PageForm):
    """Filters of a list of ventures; they live in the URL."""

    q = forms.CharField(
        label=_("Number, title or organization"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    platform = forms.ModelChoiceField(label=_("Incubation platform"), queryset=Platform.objects.none(), required=False)

    def __init__(self, *args: Any, states: Iterable[State] = tuple(State), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rounds(self, Round.objects.all())
        self.fields["platform"].queryset = Platform.objects.all()  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("All"))] + [(s.value, s.label) for s in states]  # type: ignore[attr-defined]
        self.fields["platform"].empty_label = _("All")  # type: ignore[attr-defined]
