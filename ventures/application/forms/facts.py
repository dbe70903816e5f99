"""Fields of the basic facts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.fields import CountField, DayField, PhoneField
from rounds.models import Round
from ventures.models import Venture


def label_of(model: Any, name: str) -> Any:
    return model._meta.get_field(name).verbose_name


def fact_field(name: str, round_: Round) -> forms.Field:
    """The form field of a fact of the venture."""
    return _FACTS[name](label_of(Venture, name), round_)


def _text(length: int) -> Callable[[Any, Round], forms.Field]:
    return lambda label, round_: forms.CharField(label=label, required=False, max_length=length)


def _day(label: Any, round_: Round) -> forms.Field:
    return DayField(label=label, required=False)


def _count(help_text: Any = "") -> Callable[[Any, Round], forms.Field]:
    return lambda label, round_: CountField(label=label, help_text=help_text)


def _category(label: Any, round_: Round) -> forms.Field:
    return forms.ModelChoiceField(
        round_.categories.all(), label=label, required=False, empty_label=gettext_lazy("Please choose")
    )


def _place(label: Any, round_: Round) -> forms.Field:
    return forms.ModelChoiceField(
        round_.places_offered(), label=label, required=False, empty_label=gettext_lazy("Please choose")
    )


_FACTS: dict[str, Callable[[Any, Round], forms.Field]] = {
    "title": _text(80),
    "category": _category,
    "place": _place,
    "leader": _text(60),
    "phone": lambda label, round_: PhoneField(label=label, required=False),
    "starts_on": _day,
    "ends_on": _day,
    "beneficiaries": _count(gettext_lazy("People, each counted once.")),
    "sessions_planned": _count(),
    "attendance_planned": _count(gettext_lazy("Visits: who comes three times counts three.")),
}
