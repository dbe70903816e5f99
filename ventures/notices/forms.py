from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PageModelForm
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
