from django import forms

from rounds.models import Question

MOST_CHARACTERS = 20_000  # of an answer, whatever the question says


def field(question: Question) -> forms.Field:
    attrs = {"data-counted": question.max_length} if question.max_length else {}
    return forms.CharField(max_length=MOST_CHARACTERS, required=False, widget=forms.TextInput(attrs=attrs))
