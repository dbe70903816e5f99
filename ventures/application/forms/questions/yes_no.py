from django import forms
from django.utils.translation import gettext as _

from rounds.models import Question


def field(question: Question) -> forms.Field:
    choices = [("yes", _("Yes")), ("no", _("No"))]
    if not question.required:
        choices.append(("", _("No answer")))
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)
