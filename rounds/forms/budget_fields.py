"""Cells of the budget rules: several names, a share or an amount, prices by quantity; each in one text that people type."""

import re
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.money import AmountField
from common.text import half_width, plain
from common.wording import listed
from rounds.forms.fields import LinesField, PercentField
from rounds.models.budget import LONGEST_HEAD

MOST_HEADS, MOST_STEPS = 20, 6
PARTS = re.compile(r"[、,;\n]")


class NamesField(LinesField):
    """Names with 、 between them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            longest=LONGEST_HEAD, most=MOST_HEADS, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return listed(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        names = super().clean("\n".join(re.split(r"[、，,;；]", str(value or ""))))
        return list(dict.fromkeys(names))


class LimitField(forms.CharField):
    """A share and an amount, either or both: “10%”, “5000 元”, “10%、5000 元”. Cleaned: (percent, 元)."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        percent, amount = value
        given = [f"{plain(percent)}%"] if percent is not None else []
        return listed([*given, *([f"{plain(amount)} 元"] if amount is not None else [])])

    def clean(self, value: Any) -> tuple[Decimal | None, Decimal | None]:  # type: ignore[override]
        percent: Decimal | None = None
        amount: Decimal | None = None
        # A thousands separator is followed by three digits and belongs to the number.
        text = re.sub(r",(?=\d{3}(?!\d))", "", half_width(str(super().clean(value) or "")))
        for part in filter(None, (p.strip() for p in PARTS.split(text))):
            if part.endswith("%") and percent is None:
                percent = PercentField().clean(part)
            elif part.endswith("元") and amount is None:
                amount = AmountField().clean(part.removesuffix("元").strip())
            else:
                raise forms.ValidationError(_("Write “%(text)s” like 10%% or 5000 元.") % {"text": part[:20]})
        return percent, amount


class StepsField(forms.CharField):
    """Prices per unit, each with how many have it, the last for all that follow: “500×2、200”. Cleaned, with the last unit
    of each price: [{"price": "500", "to": "2"}, {"price": "200"}]."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        prices = [str(step["price"]) for step in value]
        ends = [Decimal(0), *(Decimal(step["to"]) for step in value if step.get("to"))]
        counts = [f"×{plain(to - before)}" for before, to in pairwise(ends)]
        return listed(map("".join, zip_longest(prices, counts, fillvalue="")))

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        text = half_width(str(super().clean(value) or ""))
        given = [_read(part) for part in filter(None, (p.strip() for p in PARTS.split(text)))]
        if len(given) > MOST_STEPS:
            raise forms.ValidationError(
                _("%(n)s prices are too many; at most %(max)s.") % {"n": len(given), "max": MOST_STEPS}
            )
        steps: list[dict[str, str]] = []
        to = Decimal(0)
        for n, (price, count) in enumerate(given, 1):
            if count is None and n < len(given):
                raise forms.ValidationError(
                    _(
                        "Only the last price may go on without an end; price %(n)s, %(price)s, does not say for how many."
                    )
                    % {"n": n, "price": price}
                )
            to += count or 0
            steps.append({"price": price} if count is None else {"price": price, "to": plain(to)})
        return steps


STEP = re.compile(r"^(\d{1,9}(?:\.\d{1,2})?)元?(?:[×X*](\d{1,6}(?:\.\d{1,2})?))?$")


def _read(part: str) -> tuple[str, Decimal | None]:
    """A price (元), and for how many units."""
    found = STEP.match(part)
    if found is None or (found[2] and not Decimal(found[2])):
        raise forms.ValidationError(_("Write “%(text)s” like 500 or 500×2.") % {"text": part[:20]})
    return found[1], Decimal(found[2]) if found[2] else None
