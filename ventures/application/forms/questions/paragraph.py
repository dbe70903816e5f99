from django import forms

from rounds.models import Question
from ventures.application.forms.narrative import paragraph


def field(question: Question) -> forms.Field:
    return paragraph(question.label, question.help_text, question.max_length)
