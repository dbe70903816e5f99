from typing import Any

from django import forms

from common.site.fields import plain_digits
from rounds.models import Question


class NumberAnswer(forms.IntegerField):
    """A whole number, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_digits(value))


def field(question: Question) -> forms.Field:
    return NumberAnswer(min_value=0, max_value=10**12, required=False)
