"""How a cell is read: what Excel made of it, full-width digits, dates as text. A cell that is refused says why.

Cells come from common.spreadsheets: text is clean already, None is empty, `Bad` could not be read at all.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from common import normal_forms
from common.site.forms import a_day_of_ours
from common.wording import listed

Reader = Callable[[Any], Any]

_SCIENTIFIC = re.compile(r"^\d+(\.\d+)?E\+?\d+$", re.IGNORECASE)
_DIGITS = re.compile(r"^\d{1,12}$")


def text(field: Any) -> Reader:
    """Words, within the rules of the model's field."""
    accept = _accepting(field)

    def read(cell: Any) -> str | None:
        return accept(cell if isinstance(cell, str) else _as_text(cell))

    return read


def code(field: Any) -> Reader:
    """Something that looks like a number and is none. What Excel has stored as a number has lost digits: refused."""
    accept = _accepting(field)

    def read(cell: Any) -> str | None:
        if not isinstance(cell, str) or _SCIENTIFIC.match(cell):
            raise ValidationError(
                _(
                    "Excel has made a number of it, which loses digits after the 15th and zeros in front. Format the column as text and type it again."
                )
            )
        return accept(_narrow(cell))

    return read


def phone(field: Any) -> Reader:
    """A number of 11 digits is exact in Excel, so a mobile number may be one."""
    accept = _accepting(field)

    def read(cell: Any) -> str | None:
        return accept(normal_forms.phone(cell if isinstance(cell, str) else _as_text(cell)))

    return read


def count(field: Any) -> Reader:
    """A whole number, 0 or more."""

    def read(cell: Any) -> int | None:
        if isinstance(cell, str):
            written = normal_forms.plain_number(cell)
            if not _DIGITS.match(written):
                raise ValidationError(_("This is not a whole number."))
            value = int(written)
        elif isinstance(cell, bool) or not isinstance(cell, int):
            raise ValidationError(_("This is not a whole number."))
        else:
            value = cell
        if 0 <= value < 1_000_000:  # what is surely within the rules of the field is not asked again
            return value
        return int(field.clean(value, None))

    return read


def day(field: Any) -> Reader:
    """A date of Excel, or as text: 2014-01-15, 2014/1/15, 2014.1.15, 2014年1月15日, 20140115."""

    @lru_cache(maxsize=4096)
    def accept(value: date) -> date:
        a_day_of_ours(value)
        field.run_validators(value)
        return value

    def read(cell: Any) -> date | None:
        if isinstance(cell, datetime):
            return accept(cell.date())
        if isinstance(cell, date):
            return accept(cell)
        try:
            written = normal_forms.day(cell if isinstance(cell, str) else _as_text(cell))
        except ValueError:
            raise ValidationError(_("There is no such day in the calendar.")) from None
        if written is None:
            raise ValidationError(_("This is not a date. Write it like 2014-01-15."))
        return accept(written)

    return read


def choice(labels: Mapping[str, Any]) -> Reader:
    """One of the labels that the bureau uses."""

    def read(cell: Any) -> Any:
        label = cell if isinstance(cell, str) else _as_text(cell)
        try:
            return labels[label]
        except KeyError:
            raise ValidationError(_("Not one of: %(labels)s.") % {"labels": listed(list(labels)[:12])}) from None

    return read


def _as_text(cell: Any) -> str:
    """What is no text, as Excel shows it."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def _narrow(text: str) -> str:
    """The normal form of a code, which most codes have already."""
    return text.upper() if text.isascii() and text.isalnum() else normal_forms.code(text)


def _accepting(field: Any) -> Callable[[str], str]:
    """`field.clean` for a text that is not empty, without what never fails: the same validators, the same sentences."""
    longest = field.max_length or 10**9
    rules = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]

    def accept(value: str) -> str:
        if len(value) > longest:
            field.run_validators(value)
        for rule in rules:
            rule(value)
        return value

    return accept
