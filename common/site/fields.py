"""Fields that forgive a Chinese keyboard: full-width digits and thousands separators are understood."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms

from common import normal_forms
from common.money import ZERO, to_cents
from common.validators import PHONE


def plain_digits(value: Any) -> Any:
    return normal_forms.plain_number(value) if isinstance(value, str) else value


class NormalField(forms.CharField):
    """A text that is stored, compared and looked for in one way of writing; validated in it too."""

    normal: Any = staticmethod(normal_forms.narrow)

    def to_python(self, value: Any) -> str:
        return str(self.normal(super().to_python(value) or ""))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What is typed may be longer than what is stored: blanks, brackets and +86 go."""
        attrs = super().widget_attrs(widget)
        return {**attrs, "maxlength": str(2 * self.max_length)} if self.max_length else attrs


class PhoneField(NormalField):
    normal = staticmethod(normal_forms.phone)
    widget = forms.TextInput(attrs={"inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "validators": [PHONE], **kwargs})


class CodeField(NormalField):
    """A credit code, an account at a bank."""

    normal = staticmethod(normal_forms.code)


class PaperNumberField(NormalField):
    """The number of a voucher or of an agreement."""

    normal = staticmethod(normal_forms.paper_number)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})


class UserNameField(NormalField):
    normal = staticmethod(normal_forms.user_name)


class EmailField(forms.EmailField):
    def to_python(self, value: Any) -> Any:
        return normal_forms.email(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day; whoever types it may write 2020年12月7日."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            with suppress(ValueError):  # Django's own sentence says that there is no such day
                value = normal_forms.day(value) or value
        return super().to_python(value)


class MomentField(forms.DateTimeField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(normal_forms.moment(value) if isinstance(value, str) else value)


class WholeNumberField(forms.IntegerField):
    """A whole number that has to be given."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_digits(value))


class NumberField(forms.DecimalField):
    """A number that has to be given: a score, a percentage."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        plain = plain_digits(value)
        return super().to_python(plain.removesuffix("%") if isinstance(plain, str) else plain)


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
