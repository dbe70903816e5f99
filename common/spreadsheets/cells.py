"""Cells on their way in: what stands in a cell, and what it means in a column of a certain kind."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel, from_ISO8601

from common import normal_forms
from common.text import clean

EXACT_DIGITS = 15  # Excel keeps so many of a number
FIRST_YEAR, LAST_YEAR = 1900, 2099
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")


@dataclass(frozen=True)
class Bad:
    """A cell that can not be taken; the sentence says why, without the place."""

    sentence: str


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"


# --- From the file ----------------------------------------------------------------------------------------------------


def from_text(raw: str) -> str | None:
    """Text of a workbook; Excel writes control characters as _x000D_."""
    if "_x" in raw:
        raw = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), raw)
    return clean(raw) or None


def from_number(raw: str) -> int | Decimal | Bad:
    """A number as Excel shows it: 15 digits, so that 0.1 + 0.2 comes as 0.3 and not as a binary fraction."""
    if len(raw) <= EXACT_DIGITS and raw.isdecimal() and raw.isascii():
        return int(raw)
    try:
        value = float(raw)
    except ValueError:
        return Bad(_("is no number (“%(value)s”).") % {"value": raw[:40]})
    if not math.isfinite(value):
        return Bad(_("is a number that is too large (%(value)s).") % {"value": raw[:20]})
    if value.is_integer() and abs(value) < 1e21:
        return int(value)
    return Decimal(f"{value:.{EXACT_DIGITS}g}")


def from_day_number(raw: str, epoch: datetime) -> date | datetime | time | Bad:
    """A number under a date format; a date alone at midnight."""
    try:
        number = float(raw)
        value: Any = from_excel(number, epoch) if number >= 0 else None
    except (OverflowError, ValueError):
        value = None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, datetime | time):
        return value
    return Bad(_("is no date that Excel knows (%(value)s).") % {"value": raw[:20]})


def from_iso(raw: str) -> date | datetime | time | Bad:
    try:
        value: Any = from_ISO8601(raw)
    except (OverflowError, ValueError):
        value = None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.replace(tzinfo=None)
    if isinstance(value, date | time):
        return value
    return Bad(_("is no date (“%(value)s”).") % {"value": raw[:40]})


# --- Into a column ----------------------------------------------------------------------------------------------------


def as_kind(value: Any, kind: Kind) -> Any:
    """The value as its column wants it, None if empty, or Bad."""
    if value is None or isinstance(value, Bad):
        return value
    return _READ_AS[kind](value)


def as_text(value: Any) -> str | Bad | None:
    """Text as Excel shows it. A code that became a number of more than 15 digits has lost its end: Bad."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | Decimal):
        if abs(value) >= 10**EXACT_DIGITS:
            return Bad(
                _(
                    "is a number of more than %(digits)s digits, whose end Excel loses. Format the cell as text and type it again."
                )
                % {"digits": EXACT_DIGITS}
            )
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def as_number(value: Any) -> Decimal | Bad | None:
    """A number, also one typed as text with a Chinese keyboard or with separators (１，０００.50)."""
    number = None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str):
        text = normal_forms.plain_number(value)
        if _NUMBER.fullmatch(text) and len(text) <= 40:
            number = Decimal(text)
    if number is None:
        return Bad(_("is no number (“%(value)s”).") % {"value": str(value)[:40]})
    if abs(number) >= 10**EXACT_DIGITS:
        return Bad(_("is a number that is too large (%(value)s).") % {"value": str(value)[:20]})
    return number


def as_money(value: Any) -> Decimal | Bad | None:
    """An amount in 元 with at most two decimals."""
    amount = as_number(value)
    if isinstance(amount, Decimal) and amount != round(amount, 2):
        return Bad(_("has more than two decimals (%(value)s).") % {"value": str(value)[:40]})
    return round(amount, 2) if isinstance(amount, Decimal) else amount


def as_whole(value: Any) -> int | Bad | None:
    number = as_number(value)
    if isinstance(number, Decimal) and number != number.to_integral_value():
        return Bad(_("is no whole number (%(value)s).") % {"value": str(value)[:40]})
    return int(number) if isinstance(number, Decimal) else number


def as_date(value: Any) -> date | Bad | None:
    """A date, also one typed as 2020-12-07, 2020/12/7, 2020.12.7, 20201207 or 2020年12月7日."""
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            day = normal_forms.day(str(value))
        except ValueError:
            day = None
    if not isinstance(day, date):
        return Bad(_("is no date (“%(value)s”).") % {"value": str(value)[:40]})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Bad(
            _("lies in the year %(year)s, not between %(first)s and %(last)s.")
            % {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


_READ_AS = {
    Kind.TEXT: as_text,
    Kind.WHOLE: as_whole,
    Kind.MONEY: as_money,
    Kind.NUMBER: as_number,
    Kind.DATE: as_date,
}
