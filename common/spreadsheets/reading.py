"""Tables that people hand in as .xlsx or .csv."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from common.errors import Invalid
from common.files.kinds import SHEETS, kind_by_name
from common.files.names import in_megabytes
from common.files.zip_safety import Refused
from common.spreadsheets import plain
from common.spreadsheets.book import Book
from common.spreadsheets.cells import Bad, as_kind
from common.spreadsheets.columns import Column, heading_key
from common.spreadsheets.hidden import Hidden
from common.spreadsheets.limits import too_deep, too_wide
from common.wording import listed

MOST_BYTES = 10 * 1024 * 1024
MOST_COLUMNS = 60
HEADINGS_WITHIN = 10  # rows: a title may stand above them

Rows = Iterator[tuple[int, list[Any]]]


def read_rows(
    file: IO[bytes], *, name: str, max_rows: int, max_columns: int = MOST_COLUMNS, max_bytes: int = MOST_BYTES
) -> Rows:
    """(row number as Excel shows it, values) of each row in which something stands, padded to `max_columns` values:
    text (cleaned), int, Decimal, bool, date, datetime, time or None.

    Invalid({"file": [sentence]}) while it is iterated: unsafe, unreadable, too large, content below `max_rows`
    or right of `max_columns`, a cell that can not be taken (an error, a formula without a value).
    """
    for number, values in read_cells(file, name=name, max_rows=max_rows, max_columns=max_columns, max_bytes=max_bytes):
        for column, value in enumerate(values, 1):
            if isinstance(value, Bad):
                raise Invalid({"file": [told(number, column, value)]})
        yield number, values


def read_cells(
    file: IO[bytes],
    *,
    name: str,
    max_rows: int,
    max_columns: int = MOST_COLUMNS,
    max_bytes: int = MOST_BYTES,
    hidden: Hidden | None = None,
) -> Rows:
    """As `read_rows`, but a cell that can not be taken comes as `Bad`, so that all of them can be told at once. `hidden`
    is filled with what its author does not see; it is complete when the last row is read."""
    with _refused_as_invalid(name):
        kind = kind_by_name(name, SHEETS)
        size = file.seek(0, 2)
        if not size:
            raise Refused(_("The file is empty (0 bytes)."))
        if size > max_bytes:
            raise Refused(
                _("The file has %(size)s; at most %(limit)s are taken.")
                % {"size": in_megabytes(size), "limit": in_megabytes(max_bytes)}
            )
        file.seek(0)
        if kind == "xlsx":
            book = Book(file)
            if hidden is not None:
                book.hidden, hidden.sheets = hidden, book.hidden.sheets
            yield from book.rows(max_rows, max_columns)
        else:
            yield from _plain_rows(file.read(), max_rows, max_columns)


def read_table(
    file: IO[bytes], *, name: str, columns: Sequence[Column], max_rows: int, hidden: Hidden | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row number, values by the key of their column) of the table under the headings of `columns`, each value as the
    kind of its column or `Bad`. At most `max_rows` rows below the headings; columns nobody knows are passed over.
    `hidden` as in `read_cells`.

    Invalid({"file": [sentence]}) as `read_rows`, and when headings are missing or stand there twice.
    """
    rows = read_cells(file, name=name, max_rows=max_rows + HEADINGS_WITHIN, hidden=hidden)
    places: dict[str, int] = {}
    for number, values in rows:
        if not places:
            places = _places(values, columns)
            if not places and number >= HEADINGS_WITHIN:
                break
            continue
        row = {c.key: as_kind(values[places[c.key]], c.kind) if c.key in places else None for c in columns}
        if any(value is not None for value in row.values()):
            yield number, row
    if not places:
        headings = listed(c.heading for c in columns if c.required)
        raise Invalid(
            {"file": [_("No row with the headings %(headings)s was found. Use the template.") % {"headings": headings}]}
        )


def told(row: int, column: int, bad: Bad) -> str:
    """The sentence of a bad cell with its place."""
    return _("Cell %(cell)s %(trouble)s") % {"cell": f"{get_column_letter(column)}{row}", "trouble": bad.sentence}


def _places(values: list[Any], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands, if this is the row of headings: all that are required are there."""
    found: dict[str, int] = {}
    wanted = {heading_key(c.heading): c for c in columns}
    for place, value in enumerate(values):
        column = wanted.get(heading_key(value)) if isinstance(value, str) else None
        if column is None:
            continue
        if column.key in found:
            raise Invalid({"file": [_("The heading “%(heading)s” stands there twice.") % {"heading": column.heading}]})
        found[column.key] = place
    return found if all(c.key in found for c in columns if c.required) else {}


def _plain_rows(content: bytes, max_rows: int, max_columns: int) -> Rows:
    for number, values in plain.rows(content):
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if number > max_rows:
            raise too_deep(number, max_rows)
        if len(values) > max_columns:
            raise too_wide(number, len(values), max_columns)
        yield number, values + [None] * (max_columns - len(values))


@contextmanager
def _refused_as_invalid(name: str) -> Iterator[None]:
    try:
        yield
    except Refused as e:
        raise Invalid({"file": [str(e)]}) from e
