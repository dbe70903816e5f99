"""Forms of the screening: thin; the actions decide."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.comparing import ComparedForm
from common.site.forms import PageForm, RowsField, reason_field
from organizations.models import Place, Platform, Tier
from rounds.forms.choosing import offer_rounds
from rounds.models import CheckItem, Round
from ventures.models import CheckAnswer, RefusalReason, Venture
from ventures.models.rule_answers import LONGEST_WORD
from ventures.screening.queries import RuleLine
from ventures.screening.queries.queue import FLAGS, QUEUE_STATES

FLAG_LABELS: Mapping[str, Any] = {
    "due_soon": _("Due soon"),
    "overdue": _("Overdue"),
    "corrected": _("Corrected"),
    "for_applicant": _("Entered by staff"),
    "message": _("New message"),
    "duplicate": _("Duplicate suspected"),
}
WAITING = (("", _("Any time")), ("3", _("3 days or more")), ("7", _("7 days or more")), ("14", _("14 days or more")))


class QueueFilter(PageForm):
    """Filters of the queue; they live in the URL."""

    q = forms.CharField(
        label=_("Number, title or organization"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    town = forms.ModelChoiceField(label=_("Town or subdistrict"), queryset=Place.objects.none(), required=False)
    platform = forms.ModelChoiceField(label=_("Incubation platform"), queryset=Platform.objects.none(), required=False)
    waiting = forms.ChoiceField(label=_("Waiting for"), choices=WAITING, required=False)
    flag = forms.ChoiceField(label=_("Flagged"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rounds(self, Round.objects.public())
        self.fields["town"].queryset = Place.objects.filter(tier=Tier.TOWN)  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.all()  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("To screen")), *((s.value, s.label) for s in QUEUE_STATES[1:])]  # type: ignore[attr-defined]
        self.fields["flag"].choices = [("", _("All")), *((f, FLAG_LABELS[f]) for f in FLAGS)]  # type: ignore[attr-defined]
        for name in ("town", "platform"):
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Filters that make sense; the others are as if they had not been given."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_url(self) -> dict[str, str]:
        """The same as they stand in an address."""
        return {name: str(self.data[name]) for name in self.wanted() if name in self.data}


class ChecklistForm(ComparedForm):
    """The eligibility checklist: for each line whether it is met, and the evidence."""

    MET = (("yes", _("Met")), ("no", _("Not met")))

    def __init__(
        self,
        *args: Any,
        items: Iterable[CheckItem],
        answers: Iterable[CheckAnswer] = (),
        lines: Iterable[RuleLine] = (),
        **kwargs: Any,
    ) -> None:
        self.lines = list(lines)
        self.items = list(items)
        self.given = {a.item_id: a for a in answers}
        initial: dict[str, Any] = {}
        for item in self.items:
            if answer := self.given.get(item.pk):
                initial[f"met_{item.pk}"] = "yes" if answer.met else "no"
                initial[f"evidence_{item.pk}"] = answer.evidence
        for line in self.lines:
            key, decided = line.finding.rule_id, line.decided
            met = decided.met if decided else line.finding.holds
            initial[f"rule_{key}"] = "" if met is None else "yes" if met else "no"
            initial[f"word_{key}"] = decided.word if decided else ""
        super().__init__(*args, initial=initial, **kwargs)
        for line in self.lines:
            self._add_line(line)
        for item in self.items:
            self.fields[f"met_{item.pk}"] = forms.ChoiceField(
                label=item.label, choices=self.MET, required=False, widget=forms.RadioSelect
            )
            evidence = forms.TextInput(attrs={"class": "form-control", "placeholder": _("Evidence")})
            self.fields[f"evidence_{item.pk}"] = forms.CharField(
                label=_("Evidence"), max_length=200, required=False, widget=evidence
            )

    def _add_line(self, line: RuleLine) -> None:
        key = line.finding.rule_id
        self.fields[f"rule_{key}"] = forms.ChoiceField(
            label=line.finding.label, choices=self.MET, required=False, widget=forms.RadioSelect
        )
        hint = _("Why, if you decide otherwise than the system")
        word = forms.TextInput(attrs={"class": "form-control", "placeholder": hint})
        self.fields[f"word_{key}"] = forms.CharField(label=hint, max_length=LONGEST_WORD, required=False, widget=word)

    def rule_rows(self) -> list[dict[str, Any]]:
        """One row per rule of the round, for the template: what the system finds, and who has decided otherwise."""
        return [
            {
                "finding": line.finding,
                "decided": line.decided,
                "field": self[f"rule_{line.finding.rule_id}"],
                "met": self[f"rule_{line.finding.rule_id}"].value(),
                "word": self[f"word_{line.finding.rule_id}"],
            }
            for line in self.lines
        ]

    def rules(self) -> dict[int, tuple[bool, str]]:
        """The rules that are answered, as the action takes them."""
        given = self.cleaned_data
        keys = [line.finding.rule_id for line in self.lines if line.finding.rule_id]
        return {k: (given[f"rule_{k}"] == "yes", given[f"word_{k}"]) for k in keys if given[f"rule_{k}"]}

    def rows(self) -> list[dict[str, Any]]:
        """One row per line of the checklist, for the template: with who answered it and when."""
        return [
            {
                "item": i,
                "field": self[f"met_{i.pk}"],
                "met": self[f"met_{i.pk}"].value(),
                "errors": self.errors.get(f"met_{i.pk}", ()),
                "evidence": self[f"evidence_{i.pk}"],
                "answer": self.given.get(i.pk),
            }
            for i in self.items
        ]

    def answers(self) -> dict[int, tuple[bool, str]]:
        """Answered lines, as the action takes them."""
        data = self.cleaned_data
        return {
            i.pk: (data[f"met_{i.pk}"] == "yes", data[f"evidence_{i.pk}"]) for i in self.items if data[f"met_{i.pk}"]
        }


class ReturnForm(PageForm):
    """退回补正: the fields that are opened (`pin`), each with what is asked there, and words about the whole."""

    reason = forms.CharField(
        label=_("About the whole (optional)"),
        max_length=500,
        required=False,
        help_text=_("The applicant reads these words above the marked fields."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, fields: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pinnable = list(fields)
        self.fields["pin"] = forms.MultipleChoiceField(choices=self.pinnable, required=False)
        for path, label in self.pinnable:
            remark = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
            self.fields[f"remark_{path}"] = forms.CharField(label=label, max_length=500, required=False, widget=remark)

    def rows(self) -> list[dict[str, Any]]:
        """One row per field of the form, for the template."""
        chosen = set(self["pin"].value() or ()) if self.is_bound else set()
        return [
            {"path": path, "label": label, "pinned": path in chosen, "remark": self[f"remark_{path}"]}
            for path, label in self.pinnable
        ]

    def pins(self) -> dict[str, str]:
        """Marked fields in the order of the form, as the action takes them."""
        chosen = set(self.cleaned_data["pin"])
        return {path: self.cleaned_data[f"remark_{path}"] for path, __ in self.pinnable if path in chosen}


class RefusalForm(PageForm):
    """不予受理: the code for the figures, the words for the applicant."""

    code = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Please choose")), *((c.value, c.label) for c in RefusalReason if c != RefusalReason.OVERDUE)],
        error_messages={"required": _("Choose a reason of the list.")},
    )
    refusal = reason_field(
        _("Reason for the applicant"),
        _("Say why the application is refused."),
        rows=3,
        help_text=_("The applicant reads these words."),
    )


class BatchForm(PageForm):
    """Ventures ticked in the queue."""

    ventures = RowsField(
        queryset=Venture.objects.none(),
        error_messages={
            "required": _("Tick at least one application."),
            "invalid_choice": _("One of the applications is not there any more."),
        },
    )

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ventures"].queryset = seen  # type: ignore[attr-defined]


class RemarkForm(PageForm):
    """A line in the thread, about the whole or about one field."""

    text = reason_field(_("Message"), _("Write what you want to say."), rows=2)
    path = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, fields: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = [("", _("The whole application")), *fields]  # type: ignore[attr-defined]
