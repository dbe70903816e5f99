"""What is done and reported while a venture is delivered."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from common.site.fields import CountField, NumberField
from common.site.forms import PageForm, PageModelForm, reason_field
from delivery.models import Activity, Report
from ventures.application.forms.facts import label_of


class ActivityForm(PageModelForm):
    attendance = CountField(label=label_of(Activity, "attendance"), required=True)
    volunteers = CountField(label=label_of(Activity, "volunteers"))

    class Meta:
        model = Activity
        fields = ["held_on", "topic", "place", "attendance", "volunteers"]
        widgets = {"held_on": forms.DateInput()}


class ReportForm(PageModelForm):
    """中期, 整改 and 末期 reports. What was planned and done is computed beside it, not typed."""

    beneficiaries = CountField(label=label_of(Report, "beneficiaries"))
    satisfaction = NumberField(
        label=label_of(Report, "satisfaction"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    class Meta:
        model = Report
        fields = ["progress", "problems", "beneficiaries", "satisfaction"]
        widgets = {"progress": forms.Textarea(attrs={"rows": 10}), "problems": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "progress": gettext_lazy("Goal by goal: planned, done, why more or less; with numbers."),
            "problems": gettext_lazy("What hinders you, and what you do next."),
        }


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

    score = NumberField(
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


class WaiverForm(PageForm):
    reason = reason_field(_("Reason for waiving the showcase"), _("Say why the showcase is waived."))
