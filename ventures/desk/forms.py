"""Forms of the staff desk: thin; the actions decide."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PageForm
from common.paging import row_number
from organizations.models import Platform
from ventures.models import Round
from ventures.states import State

ROUNDS = 30  # in the list of a filter


def words(label: Any, sentence: Any, *, rows: int = 4, help_text: Any = "", max_length: int = 1000) -> forms.CharField:
    """A text that has to be given; `sentence` says what is missing."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        help_text=help_text,
        error_messages={"required": sentence},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


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


def offer_rounds(form: forms.Form, rounds: Any) -> None:
    """Fill the field `round` of a filter: the newest, and the one that is asked for; the others are reached from the
    board, and all are understood."""
    field: Any = form.fields["round"]
    field.queryset = rounds.select_related("series")
    asked = row_number(str(form.data.get("round", "")))
    chosen = [] if asked is None else list(field.queryset.filter(pk=asked))
    newest = [r for r in field.queryset.order_by("-pk")[:ROUNDS] if r.pk != asked]
    field.choices = [("", _("All"))] + [(r.pk, r.name) for r in chosen + newest]


class PublishForm(PageForm):
    """Publish a notice. Its last day is computed by working days and may be put later."""

    closes_on = forms.DateField(label=_("Last day of the notice"), widget=forms.DateInput)
    text = forms.CharField(
        label=_("Text of the notice"),
        required=False,
        max_length=2000,
        help_text=_("Shown above the table; the dates and how to object are printed anyway."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RulingForm(PageForm):
    ruling = words(
        _("Ruling and its reason"),
        _("Write down the ruling and its reason."),
        help_text=_("Published with the notice: no names of citizens, no phones."),
        max_length=2000,
    )


class MidtermForm(PageForm):
    """What the assessor makes of the mid-term report."""

    assessment = forms.CharField(
        label=_("Assessment"),
        required=False,
        max_length=2000,
        help_text=_("Required when rectification is ordered: the applicant reads what must be put right."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class FinalForm(PageForm):
    """末期评估."""

    score = forms.DecimalField(
        label=_("Score"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        max_digits=5,
        widget=forms.NumberInput(attrs={"step": "0.5"}),
    )
    assessment = forms.CharField(
        label=_("Assessment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class TerminationForm(PageForm):
    reason = words(_("Reason of the termination"), _("Say why the venture is terminated."))


class WaiverForm(PageForm):
    reason = words(_("Reason for waiving the showcase"), _("Say why the showcase is waived."))


class ClosureForm(PageForm):
    note = forms.CharField(
        label=_("Closing remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
