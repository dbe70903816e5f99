"""Fields of the extra questions, by the eight kinds of answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.money import ZERO
from common.site.fields import plain_digits
from rounds.models import Question
from ventures.application.forms.narrative import paragraph

Kind = Question.Kind
MOST_CHARACTERS = 20_000  # of an answer, whatever the question says
MOST = Decimal("999999999999.99")


class NumberAnswer(forms.IntegerField):
    """A whole number, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_digits(value))


class MoneyAnswer(forms.DecimalField):
    """An amount in 元, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(plain_digits(value))


class ChoicesAnswer(forms.MultipleChoiceField):
    """Several options, in the order in which the question has them."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        options: Any = self.choices
        return [option for option, label in options if option in chosen]


def question_field(question: Question) -> forms.Field:
    field = _KINDS[Kind(question.kind)](question)
    field.label, field.help_text, field.required = question.label, question.help_text, False
    return field


def _line(question: Question) -> forms.Field:
    attrs = {"data-counted": question.max_length} if question.max_length else {}
    return forms.CharField(max_length=MOST_CHARACTERS, required=False, widget=forms.TextInput(attrs=attrs))


def _paragraph(question: Question) -> forms.Field:
    return paragraph(question.label, question.help_text, question.max_length)


def _options(question: Question) -> list[tuple[str, str]]:
    return [(str(option), str(option)) for option in question.options]


def _choice(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Please choose")), *_options(question)], required=False)


def _yes_no(question: Question) -> forms.Field:
    choices = [("yes", _("Yes")), ("no", _("No"))]
    if not question.required:
        choices.append(("", _("No answer")))
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)


_KINDS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.TEXT: _line,
    Kind.PARAGRAPH: _paragraph,
    Kind.NUMBER: lambda q: NumberAnswer(min_value=0, max_value=10**12, required=False),
    Kind.MONEY: lambda q: MoneyAnswer(min_value=ZERO, max_value=MOST, decimal_places=2, required=False),
    Kind.DATE: lambda q: forms.DateField(required=False),
    Kind.CHOICE: _choice,
    Kind.CHOICES: lambda q: ChoicesAnswer(choices=_options(q), required=False),
    Kind.YES_NO: _yes_no,
}
