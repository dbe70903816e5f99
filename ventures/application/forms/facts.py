"""Fields of the basic facts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.fields import CountField
from common.text import half_width
from organizations.models import PHONE
from rounds.models import Round
from ventures.models import Venture


def label_of(model: Any, name: str) -> Any:
    return model._meta.get_field(name).verbose_name


class PhoneField(forms.CharField):
    """A phone number; typed with a Chinese keyboard it is understood too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"required": False, "max_length": 20, "validators": [PHONE], **kwargs},
            widget=forms.TextInput(attrs={"inputmode": "tel"}),
        )

    def to_python(self, value: Any) -> str:
        return half_width(str(super().to_python(value) or ""))


def fact_field(name: str, round_: Round) -> forms.Field:
    """The form field of a fact of the venture."""
    return _FACTS[name](label_of(Venture, name), round_)


def _text(length: int) -> Callable[[Any, Round], forms.Field]:
    return lambda label, round_: forms.CharField(label=label, required=False, max_length=length)


def _day(label: Any, round_: Round) -> forms.Field:
    return forms.DateField(label=label, required=False)


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
    "phone": lambda label, round_: PhoneField(label=label),
    "starts_on": _day,
    "ends_on": _day,
    "beneficiaries": _count(gettext_lazy("People, each counted once.")),
    "sessions_planned": _count(),
    "attendance_planned": _count(gettext_lazy("Visits: who comes three times counts three.")),
}
