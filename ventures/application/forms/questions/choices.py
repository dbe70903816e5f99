from typing import Any

from django import forms

from rounds.models import Question


class ChoicesAnswer(forms.MultipleChoiceField):
    """Several options, in the order in which the question has them."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        options: Any = self.choices
        return [option for option, label in options if option in chosen]


def field(question: Question) -> forms.Field:
    return ChoicesAnswer(choices=[(str(option), str(option)) for option in question.options], required=False)
