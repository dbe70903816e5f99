"""Beginning an application: from an earlier one, or for an applicant who brings it on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.forms import PageForm
from rounds.models import Round
from ventures.models import Venture


class CopyForm(PageForm):
    """Which of the organization's earlier applications is copied."""

    source = forms.ModelChoiceField(Venture.objects.none(), label=_("Earlier application"), empty_label=None)

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]


class EnterForm(PageForm):
    """代录: the round and the title; the rest is filled in on the applicant's own pages."""

    round = forms.ModelChoiceField(Round.objects.none(), label=_("Round"), empty_label=None)
    title = forms.CharField(label=_("Title of the venture"), max_length=80, help_text=_("Without 《》."))

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
