from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.fields import DayField
from common.site.forms import PageForm, PageModelForm, RowsField, reason_field
from common.validators import no_mobile_number
from ventures.models import Notice, Objection, Venture


class ObjectionForm(PageModelForm):
    class Meta:
        model = Objection
        fields = ["venture", "kind", "name", "contact", "text"]
        widgets = {"kind": forms.RadioSelect(), "text": forms.Textarea(attrs={"rows": 8, "maxlength": 2000})}
        labels = {"name": _("Real name, or name of the unit"), "contact": _("Phone, e-mail or address")}
        help_texts = {
            "contact": _("To ask back and to tell you the ruling. Only the staff who inquire see it."),
            "text": _("Facts that can be checked: what, when, where, how you know it."),
        }

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venture: Any = self.fields["venture"]
        venture.queryset = Venture.objects.filter(notice_lines__notice=notice).order_by("notice_lines__ordinal")
        venture.empty_label = _("Please choose")
        self.fields["kind"].choices = Objection.Kind.choices  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        # The action makes the objection.
        pass


class FindObjectionForm(PageForm):
    number = forms.CharField(
        label=_("Receipt number"), max_length=40, help_text=_("As it stands on the receipt: YY-20200605-0012.")
    )
    contact = forms.CharField(
        label=_("Phone, e-mail or address"),
        max_length=80,
        help_text=_("The contact that was given with the objection."),
    )


class PublishForm(PageForm):
    """Publish a notice. Its last day is computed by working days and may be put later."""

    closes_on = DayField(label=_("Last day of the notice"), widget=forms.DateInput)
    text = forms.CharField(
        label=_("Text of the notice"),
        required=False,
        max_length=2000,
        validators=[no_mobile_number],
        help_text=_("Shown above the table; the dates and how to object are printed anyway."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FormalRulingForm(PageForm):
    """Objections that are not admitted because of their form, ticked, with one reason."""

    objections = RowsField(
        queryset=Objection.objects.none(),
        error_messages={
            "required": _("Tick at least one objection."),
            "invalid_choice": _("One of the objections is not on this notice."),
        },
    )
    reason = reason_field(
        _("What their form lacks"),
        _("Write down what the form lacks."),
        help_text=_("Everyone who objected reads it on the receipt: no names."),
        max_length=2000,
        validators=[no_mobile_number],
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objections"].queryset = notice.objections.all()  # type: ignore[attr-defined]


class RulingForm(PageForm):
    ruling = reason_field(
        _("Ruling and its reason"),
        _("Write down the ruling and its reason."),
        help_text=_("Published with the notice: no names of citizens, no phones."),
        max_length=2000,
        validators=[no_mobile_number],
    )
