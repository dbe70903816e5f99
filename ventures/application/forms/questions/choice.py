from django import forms
from django.utils.translation import gettext as _

from rounds.models import Question


def field(question: Question) -> forms.Field:
    options = [(str(option), str(option)) for option in question.options]
    return forms.ChoiceField(choices=[("", _("Please choose")), *options], required=False)
