from django import forms

from common.site.fields import DayField
from rounds.models import Question


def field(question: Question) -> forms.Field:
    return DayField(required=False)
