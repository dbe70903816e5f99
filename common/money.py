"""Money: Decimal 元 with two places in Python, whole 分 in the database.

SQLite keeps decimals as binary floats, where 0.1 + 0.2 > 0.3; whole 分 keep sums and constraints exact on both engines.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import Any

import cn2an
from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from common.normal_forms import plain_number

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cents(amount: Decimal) -> Decimal:
    """Round once, at the end, half up, to two places (元)."""
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """`part` in percent of `whole`, one place, half up; 0 of nothing is 0."""
    if not whole:
        return Decimal("0.0")
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def percent_beside(part: Decimal | Fraction, whole: Decimal | Fraction, limit: Decimal) -> str:
    """`part` in percent of `whole`, to be read beside a `limit` in percent: one place, and as many more as it takes until
    the figure lies on the side of the limit on which the share itself lies. 4,980 of 50,000 beside 10 is 9.96, not 10.0.
    """
    if not whole:
        return "0.0"
    share, bound = Fraction(part) * 100 / Fraction(whole), Fraction(limit)
    places = 1
    while True:
        # Half up by whole numbers: a Decimal has no end of places here.
        shown = Decimal(floor(share * 10**places + Fraction(1, 2))).scaleb(-places)
        if (Fraction(shown) > bound, Fraction(shown) < bound) == (share > bound, share < bound):
            return f"{shown:f}"
        places += 1


def yuan(amount: Decimal | int | str) -> str:
    """12,000.00, for sentences and columns that say 元 themselves."""
    return f"{Decimal(amount):,.2f}"


def in_words(amount: Decimal) -> str:
    """大写金额: 12005.30 → 壹万贰仟零伍元叁角整."""
    words = cn2an.an2cn(str(to_cents(amount)), "rmb")
    # cn2an closes an amount with 整 after 元 only.
    return f"{words}整" if words.endswith("角") else str(words)


class AmountField(forms.DecimalField):
    """An amount in 元, as people write it: 1，000元, ￥1000.00, 5万."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": ZERO, "max_digits": 14, "decimal_places": 2, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value


class MoneyField(models.BigIntegerField):
    """A non-negative amount in 元 (Decimal, two places), stored as 分."""

    # What type checkers see (django-stubs); without these the field would be an integer for them.
    _pyi_private_set_type: Decimal | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    default_validators = [MinValueValidator(ZERO)]

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2).quantize(CENT)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else to_cents(Decimal(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(to_cents(Decimal(value)).scaleb(2))

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return AmountField(
            **{
                "required": not self.blank,
                "label": self.verbose_name,
                "help_text": self.help_text,
                **{k: v for k, v in kwargs.items() if k in {"widget", "localize", "initial"}},
            }
        )

    @property
    def validators(self) -> list[Any]:  # type: ignore[override]
        # BigIntegerField would add range validators that compare 分 with 元.
        return [*self.default_validators, *self._validators]  # type: ignore[attr-defined]


def plus(field: str, amount: Decimal) -> Combinable:
    """`F(field) + amount`, with the amount in the same unit as the column."""
    return models.F(field) + models.Value(amount, output_field=MoneyField())


def total(field: str, **filters: Any) -> Any:
    """Sum of a money column, 0.00 for no rows; to be used in aggregate() and annotate()."""
    return Coalesce(models.Sum(field, **filters), models.Value(ZERO, output_field=MoneyField()))
