"""Forms of the staff desk: thin; the actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.site.forms import PageForm, RowsField
from organizations.models import Platform
from rounds.forms.choosing import offer_rounds
from rounds.models import Round
from ventures.desk.due_queries import choices
from ventures.models import Venture
from ventures.states import State


class RemindForm(PageForm):
    """Whom to remind: what is ticked, or the one row whose button was pressed."""

    ventures = RowsField(queryset=Venture.objects.none(), required=False)
    only = forms.ModelChoiceField(queryset=Venture.objects.none(), required=False)

    def __init__(self, *args: Any, seen: QuerySet[Venture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ventures", "only"):
            self.fields[name].queryset = seen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.asked:
            raise forms.ValidationError(_("Tick the ventures of which somebody is to be reminded."))
        return cleaned

    @property
    def asked(self) -> list[Venture]:
        given = self.cleaned_data
        return [given["only"]] if given.get("only") else list(given.get("ventures") or ())


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

    due = forms.ChoiceField(label=_("Due dates"), required=False)

    def __init__(self, *args: Any, reader: Any, states: Iterable[State] = tuple(State), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].choices = choices(reader)  # type: ignore[attr-defined]
        offer_rounds(self, Round.objects.all())
        self.fields["platform"].queryset = Platform.objects.all()  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("All"))] + [(s.value, s.label) for s in states]  # type: ignore[attr-defined]
        self.fields["platform"].empty_label = _("All")  # type: ignore[attr-defined]
