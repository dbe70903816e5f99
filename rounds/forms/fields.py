"""Fields of the set-up: what a clerk types with a Chinese keyboard, read forgivingly."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.deadlines import END_OF_DAY
from common.money import to_cents
from common.site.fields import plain_digits
from common.text import half_width
from common.wording import listed
from rounds.models import Round

MOST = Decimal("999999999999.99")
CLOCK = re.compile(r"^(\d{1,2}):(\d\d)$")


def label_of(name: str, model: Any = Round) -> Any:
    return model._meta.get_field(name).verbose_name


def taking(kinds: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The kinds (of question, of rule) that have this field."""
    return tuple(slug for slug, kind in kinds.items() if name in kind.takes)


class WholeField(forms.IntegerField):
    """A whole number in a text input: a number input loses what it can not read."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_digits(value))


class PercentField(forms.DecimalField):
    """0 to 100 with two places; a typed % is understood."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"min_value": Decimal(0), "max_value": Decimal(100)}
        super().__init__(**{**bounds, "max_digits": 5, "decimal_places": 2, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        plain = plain_digits(value)
        return super().to_python(plain.removesuffix("%") if isinstance(plain, str) else plain)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class ClockField(forms.CharField):
    """A time of day as people write it, 24:00 included."""

    default_error_messages = {"invalid": gettext_lazy("Write the time like 9:00, 17:30 or 24:00.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)

    def clean(self, value: Any) -> str:
        text = half_width(super().clean(value))
        found = CLOCK.match(text)
        if not found or int(found[1]) > 24 or int(found[2]) > 59 or (int(found[1]) == 24 and text != END_OF_DAY):
            raise forms.ValidationError(self.error_messages["invalid"])
        return f"{int(found[1]):02d}:{found[2]}"


class LinesField(forms.CharField):
    """Several short texts, one in each line; empty lines are left out."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, longest: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest, self.most = longest, most

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).replace("\r", "\n").split("\n") if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(
                _("%(n)s lines are too many; at most %(max)s.") % {"n": len(lines), "max": self.most}
            )
        for n, line in enumerate(lines, 1):
            if len(line) > self.longest:
                raise forms.ValidationError(
                    _("Line %(n)s has %(length)s characters; at most %(max)s.")
                    % {"n": n, "length": len(line), "max": self.longest}
                )
        return lines


class TiersField(LinesField):
    """Amounts, one in each line or with commas between (、): stored as "30000.00", the smallest first."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(longest=16, most=10, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return listed(str(v).removesuffix(".00") for v in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        # A thousands separator is followed by three digits and belongs to the number.
        parts = re.sub(r",(?=\d{3}(?!\d))", "", half_width(str(value or "").replace(" ", "\n")))
        amounts = {self._amount(part) for part in super().clean(re.sub(r"[、,;/|]", "\n", parts))}
        return [str(amount) for amount in sorted(amounts)]

    def _amount(self, text: str) -> Decimal:
        try:
            amount = forms.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01")).clean(text)
        except forms.ValidationError:
            raise forms.ValidationError(_("“%(text)s” is no amount.") % {"text": text[:20]}) from None
        return to_cents(amount)
