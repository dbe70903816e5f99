"""Fields that forgive a Chinese keyboard: full-width digits and thousands separators are understood."""

from decimal import Decimal
from typing import Any

from django import forms

from common.money import ZERO, to_cents
from common.text import half_width


def plain_digits(value: Any) -> Any:
    return half_width(value).replace(",", "") if isinstance(value, str) else value


class CountField(forms.IntegerField):
    """A whole number; empty is 0. A text widget, because number inputs lose what they cannot read."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "min_value": 0, "max_value": 10_000_000, **kwargs})

    def to_python(self, value: Any) -> int:
        return super().to_python(plain_digits(value)) or 0


class YuanField(forms.DecimalField):
    """An amount in 元 with two places at most; empty is 0.00."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "min_value": ZERO, "max_digits": 14, "decimal_places": 2, **kwargs})

    def to_python(self, value: Any) -> Decimal:  # type: ignore[override]
        number = super().to_python(plain_digits(value))
        return ZERO if number is None else number

    def clean(self, value: Any) -> Decimal:
        return to_cents(super().clean(value))


class QuantityField(forms.DecimalField):
    """How many; empty is 1."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        least = Decimal("0.01")
        super().__init__(**{"required": False, "min_value": least, "max_digits": 10, "decimal_places": 2, **kwargs})

    def to_python(self, value: Any) -> Decimal:  # type: ignore[override]
        number = super().to_python(plain_digits(value))
        return Decimal(1) if number is None else number
