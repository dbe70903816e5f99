from django import forms

from rounds.models import Question


def field(question: Question) -> forms.Field:
    return forms.DateField(required=False)
