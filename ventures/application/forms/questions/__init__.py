"""Fields of the extra questions: a module for each kind of answer (`rounds.question_kinds`), of the same name."""

from collections.abc import Callable, Mapping

from django import forms

from common.machine.registry import modules_in
from rounds.models import Question

FIELDS: Mapping[str, Callable[[Question], forms.Field]] = {name: module.field for name, module in modules_in(__name__)}


def question_field(question: Question) -> forms.Field:
    field = FIELDS[question.kind](question)
    field.label, field.help_text, field.required = question.label, question.help_text, False
    return field
