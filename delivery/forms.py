"""What is done and reported while a venture is delivered."""

from django import forms
from django.utils.translation import gettext_lazy

from common.forms import PageModelForm
from ventures.forms.applicant.facts import label_of
from ventures.forms.fields import CountField
from ventures.models import Activity, Report


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
    satisfaction = forms.DecimalField(
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
