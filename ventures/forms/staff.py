"""Forms of the staff desk: thin; the actions decide."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PageForm
from organizations.models import Platform
from ventures.models import CheckAnswer, CheckItem, Round
from ventures.states import State


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
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    platform = forms.ModelChoiceField(label=_("Incubation platform"), queryset=Platform.objects.none(), required=False)

    def __init__(self, *args: Any, states: Iterable[State] = tuple(State), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.select_related("series")  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.all()  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("All"))] + [(s.value, s.label) for s in states]  # type: ignore[attr-defined]
        for name in ("round", "platform"):
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]


class ChecklistForm(PageForm):
    """The eligibility checklist: for each line whether it is met, and the evidence."""

    MET = (("yes", _("Met")), ("no", _("Not met")))

    def __init__(
        self, *args: Any, items: Iterable[CheckItem], answers: Iterable[CheckAnswer] = (), **kwargs: Any
    ) -> None:
        self.items = list(items)
        given = {a.item_id: a for a in answers}
        initial: dict[str, Any] = {}
        for item in self.items:
            if answer := given.get(item.pk):
                initial[f"met_{item.pk}"] = "yes" if answer.met else "no"
                initial[f"evidence_{item.pk}"] = answer.evidence
        super().__init__(*args, initial=initial, **kwargs)
        for item in self.items:
            self.fields[f"met_{item.pk}"] = forms.ChoiceField(
                label=item.label, choices=self.MET, required=False, widget=forms.RadioSelect
            )
            evidence = forms.TextInput(attrs={"class": "form-control", "placeholder": _("Evidence")})
            self.fields[f"evidence_{item.pk}"] = forms.CharField(
                label=_("Evidence"), max_length=200, required=False, widget=evidence
            )

    def rows(self) -> list[dict[str, Any]]:
        """One row per line of the checklist, for the template."""
        return [
            {"item": i, "met": self[f"met_{i.pk}"].value(), "evidence": self[f"evidence_{i.pk}"]} for i in self.items
        ]

    def answers(self) -> dict[int, tuple[bool, str]]:
        """Answered lines, as the action takes them."""
        data = self.cleaned_data
        return {
            i.pk: (data[f"met_{i.pk}"] == "yes", data[f"evidence_{i.pk}"]) for i in self.items if data[f"met_{i.pk}"]
        }


class DecisionForm(PageForm):
    """退回补正 or 不予受理, with the reason that the applicant reads."""

    reason = words(
        _("Reason for the applicant"),
        _("Say what is to be corrected, or why the application is refused."),
        help_text=_("The applicant reads these words."),
    )


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
