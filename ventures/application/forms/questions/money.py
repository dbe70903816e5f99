from decimal import Decimal
from typing import Any

from django import forms

from common.money import ZERO
from common.site.fields import plain_digits
from rounds.models import Question

MOST = Decimal("999999999999.99")


class MoneyAnswer(forms.DecimalField):
    """An amount in 元, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(plain_digits(value))


def field(question: Question) -> forms.Field:
    return MoneyAnswer(min_value=ZERO, max_value=MOST, decimal_places=2, required=False)
