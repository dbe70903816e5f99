"""Rows of cells become rows of values. Every error is told with its row, its column, what stands there and the rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.spreadsheets import Bad, heading_key
from common.text import clean
from organizations.register_file.columns import IGNORED, REQUIRED, Column, columns, headings

MAX_ROWS, MAX_COLUMNS = 20_000, 60
HEADINGS_WITHIN = 10  # the bureau's lists have a title and a line of notes above
SHOWN = 60  # characters of a bad value
NOT_EXACT = 10**15  # from here on Excel has lost digits


class Error(NamedTuple):
    """What is wrong with one cell; `row` as Excel counts it."""

    row: int
    column: str
    value: str
    said: str


class Row(NamedTuple):
    """The values of a row that are not empty, by the column's name."""

    number: int
    values: dict[str, Any]


@dataclass
class Errors:
    """All that is wrong; at most `keep` are kept, the others counted."""

    keep: int = 2000
    found: list[Error] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, column: str, value: Any, said: Any) -> None:
        self.count += 1
        if len(self.found) < self.keep:
            self.found.append(Error(row, column, shown(value), str(said)))


def shown(value: Any) -> str:
    """The value of a cell as the clerk knows it."""
    if value is None:
        return ""
    if isinstance(value, Bad):
        return "?"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, int) and value >= NOT_EXACT:
        return f"{value:.5E}"  # as the clerk sees it in the cell
    text = clean(value.isoformat() if isinstance(value, date) else str(value)).replace("\n", " ")
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text


@dataclass
class Sheet:
    """A sheet that is being read: which column stands where, and what its heading row did not say."""

    layout: list[tuple[int, Column]]
    unknown: list[str]
    rows: Iterator[tuple[int, list[Any]]]
    headings: dict[str, str]  # of all columns, also those that are not there, by name


def open_sheet(rows: Iterable[tuple[int, list[Any]]]) -> Sheet:
    """Find the row of headings among the first ten; their order is free. Raises Invalid."""
    every = columns()
    known = headings(every)
    rest = iter(rows)
    for __, (___, cells) in zip(range(HEADINGS_WITHIN), rest, strict=False):
        keys = [heading_key(c) if isinstance(c, str) else "" for c in cells]
        if sum(key in known for key in keys) >= 2:
            return Sheet(*_layout(keys, known), rest, {c.name: c.heading for c in every})
    raise Invalid(
        _("There is no row of headings in the first %(n)s rows. At least “%(first)s” and “%(second)s” are needed.")
        % {"n": HEADINGS_WITHIN, "first": "组织名称", "second": "统一社会信用代码"}
    )


def _layout(keys: Sequence[str], known: Any) -> tuple[list[tuple[int, Column]], list[str]]:
    layout: list[tuple[int, Column]] = []
    for place, key in enumerate(keys):
        if key in known:
            if any(c.name == known[key].name for __, c in layout):
                raise Invalid(_("The column “%(heading)s” is there twice.") % {"heading": known[key].heading})
            layout.append((place, known[key]))
    names = {c.name for __, c in layout}
    if "name" not in names:
        raise Invalid(_("The column “%(heading)s” is missing.") % {"heading": "组织名称"})
    if not names & {"credit_code", "host_code"}:
        raise Invalid(_("The column “%(heading)s” is missing.") % {"heading": "统一社会信用代码"})
    return layout, [key for key in keys if key and key not in known and key not in IGNORED]


def read(sheet: Sheet, errors: Errors) -> Iterator[Row]:
    """The rows that have anything in them. A row with errors comes too, with the values that are good."""
    layout = [(place, column.name, column.heading, column.read) for place, column in sheet.layout]
    for number, cells in sheet.rows:
        values: dict[str, Any] = {}
        width, bad = len(cells), False
        for place, name, heading, read_cell in layout:
            cell = cells[place] if place < width else None
            if cell is None:
                continue
            try:
                if isinstance(cell, Bad):
                    raise ValidationError(cell.sentence)
                value = read_cell(cell)
            except ValidationError as e:
                bad = True
                values[name] = None  # there is something, so it is not also missing
                errors.add(number, heading, cell, " ".join(e.messages))
            else:
                if value is not None:
                    values[name] = value
        if values:
            if bad:
                values["bad"] = True
            yield Row(number, values)


__all__ = ["MAX_COLUMNS", "MAX_ROWS", "REQUIRED", "Error", "Errors", "Row", "Sheet", "open_sheet", "read"]
