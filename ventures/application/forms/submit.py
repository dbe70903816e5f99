"""The first page of an application and the last."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.forms import PageForm
from organizations.models import Organization
from ventures.application.forms.facts import label_of
from ventures.models import Application


class StartForm(PageForm):
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=gettext_lazy("Organization"), empty_label=None
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the venture"),
        max_length=80,
        help_text=gettext_lazy("Without 《》. You can change it until you submit."),
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class SubmitForm(PageForm):
    """The declaration, and the version that was read before it was ticked."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput())
    declared = forms.BooleanField(label=label_of(Application, "declared"), required=False)
