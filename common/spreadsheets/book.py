"""The first visible sheet of an .xlsx, row by row, in bounded memory and time whatever the file claims.

openpyxl reads the same in three times the time (its parser is Python's under defusedxml) and keeps every element that
is no row. Here libxml2 parses, without entities, in small bites; dates and formats are still openpyxl's.
"""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from posixpath import dirname, join, normpath
from typing import IO, Any

from django.utils.translation import gettext as _
from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml import DEFUSEDXML

from common.files.names import in_megabytes
from common.files.office import look_into, tree
from common.files.zip_safety import Refused, broken, read
from common.spreadsheets.cells import Bad, from_day_number, from_iso, from_number, from_text
from common.spreadsheets.hidden import Hidden, is_hidden, own_sheets
from common.spreadsheets.limits import too_deep, too_wide

# Whoever else in the house opens workbooks with openpyxl relies on it.
assert DEFUSEDXML, "install defusedxml"

MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts
MOST_SHEET = 60 * 1024 * 1024  # bytes of the sheet, and of the texts that it shares
MOST_SMALL = 8 * 1024 * 1024  # bytes of the list of sheets, of the styles
MOST_STRINGS, FEW_STRINGS = 400_000, 50_000  # texts that a file may share, between these by the cells that are read
BITE = 64 * 1024
MOST_WITHOUT = 2 * 1024 * 1024  # bytes without one whole row (or text): no row of a table is so long
LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
_PACKAGE_TROUBLES = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError)


class Book:
    """An opened workbook: where its table is and what its cells need to be understood."""

    def __init__(self, file: IO[bytes]) -> None:
        self.package = look_into(file, "xlsx")
        if (unpacked := sum(part.file_size for part in self.package.infolist())) > MOST_UNPACKED:
            raise Refused(
                _("Unpacked, the file has %(size)s; more than %(most)s are not taken.")
                % {"size": in_megabytes(unpacked), "most": in_megabytes(MOST_UNPACKED)}
            )
        self.main = self._main()
        self.links = self._links(self.main)
        book = tree(read(self.package, self.main, MOST_SMALL))
        properties = next(book.iter("{*}workbookPr"), None)
        is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self.epoch: datetime = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
        self.hidden = Hidden(
            sheets=[n for s in book.iter("{*}sheet") if not _is_visible(s) and (n := s.get("name")) not in own_sheets()]
        )
        self.sheet = self._first_visible(book)
        self.dates = self._date_styles()
        self.strings: list[str | None] = []

    def _main(self) -> str:
        for kind, target in self._links("").values():
            if kind == "officeDocument":
                return target
        raise broken()

    def _links(self, of: str) -> dict[str, tuple[str, str]]:
        """(kind, part) by id: what a part points to."""
        folder, __, name = of.rpartition("/")
        links = tree(read(self.package, join(folder, "_rels", f"{name}.rels"), MOST_SMALL))
        found = {}
        for link in links.iter("{*}Relationship"):
            target = link.get("Target") or ""
            part = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(of), target))
            found[link.get("Id") or ""] = ((link.get("Type") or "").rpartition("/")[2], part)
        return found

    def _first_visible(self, book: etree._Element) -> str:
        for sheet in book.iter("{*}sheet"):
            ids = [value for key, value in sheet.attrib.items() if str(key).endswith("}id")]
            kind, part = self.links.get(str(ids[0]) if ids else "", ("", ""))
            if kind == "worksheet" and _is_visible(sheet):
                return part
        raise Refused(_("The file has no visible sheet."))

    def _part(self, kind: str) -> str:
        return next((part for k, part in self.links.values() if k == kind), "")

    def _date_styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show a number as a date."""
        if not (part := self._part("styles")):
            return frozenset()
        styles = tree(read(self.package, part, MOST_SMALL))
        formats = {f.get("numFmtId"): f.get("formatCode") or "" for f in styles.iter("{*}numFmt")}
        cells = next(styles.iter("{*}cellXfs"), ())
        dates = set()
        for n, style in enumerate(cells):
            number = style.get("numFmtId") or "0"
            code = formats.get(number) or (BUILTIN_FORMATS.get(int(number)) if number.isdecimal() else "") or ""
            # 27–36 and 50–58 are the dates of Chinese Excel, which openpyxl does not list.
            if is_date_format(code) or number in _CHINESE_DATES:
                dates.add(str(n))
        return frozenset(dates)

    def _strings(self, most: int) -> list[str | None]:
        if not (part := self._part("sharedStrings")):
            return []
        strings: list[str | None] = []
        for element in _bites(self.package, part, "si"):
            strings.append(_text(element))
            if len(strings) > most:
                raise Refused(_("The file holds more than %(most)s different texts.") % {"most": f"{most:,}"})
        return strings

    def rows(self, max_rows: int, max_columns: int) -> Iterator[tuple[int, list[Any]]]:
        """Rows in which something stands, padded to `max_columns`."""
        self.strings = self._strings(min(MOST_STRINGS, max(FEW_STRINGS, max_rows * max_columns)))
        unseen = self._hidden_columns(max_columns)
        number = 0
        for row in _bites(self.package, self.sheet, "row"):
            given = row.get("r")
            here = int(given) if given and given.isdecimal() and len(given) < 8 else 0 if given else number + 1
            if not number < here <= LAST_ROW:
                raise broken()
            number = here
            if not len(row):
                continue
            cells = self._cells(row, number, max_columns)
            if cells is None:
                continue
            if number > max_rows:
                raise too_deep(number, max_rows)
            if is_hidden(row, "ht"):
                self.hidden.rows.append(number)
            if unseen:
                self.hidden.columns.update(c for c in unseen if cells[c - 1] is not None)
            yield number, cells

    def _hidden_columns(self, most: int) -> set[int]:
        """What the sheet says of its columns stands before its rows."""
        found: set[int] = set()
        for column in _bites(self.package, self.sheet, "col", until="start"):
            if is_hidden(column, "width"):
                first, last = (int(n) if (n := column.get(end) or "").isdecimal() else 0 for end in ("min", "max"))
                found.update(range(max(first, 1), min(last, most) + 1))
        return found

    def _cells(self, row: etree._Element, number: int, max_columns: int) -> list[Any] | None:
        """The values of a row; None if there is none."""
        cells: list[Any] = [None] * max_columns
        column, empty = 0, True
        tag = row.tag[: row.tag.find("}") + 1]
        value_tag, formula_tag, text_tag = f"{tag}v", f"{tag}f", f"{tag}is"
        for cell in row:
            place = cell.get("r")
            column = _column(place) if place else column + 1
            raw, is_formula, inline = None, False, None
            for child in cell:
                if child.tag == value_tag:
                    raw = child.text or ""
                elif child.tag == formula_tag:
                    is_formula = True
                elif child.tag == text_tag:
                    inline = child
            if not raw and inline is None and cell.get("t") != "str":
                if not is_formula:
                    continue
                value: Any = Bad(_("is a formula without a value: save the file once in Excel or WPS."))
            else:
                value = _text(inline) if inline is not None else self._value(cell, raw or "")
            if value is None:
                continue
            if column > max_columns:
                raise too_wide(number, column, max_columns)
            cells[column - 1] = value
            empty = False
        return None if empty else cells

    def _value(self, cell: etree._Element, raw: str) -> Any:
        kind = cell.get("t") or "n"
        if not raw:
            return None
        if kind == "s":
            if not raw.isdecimal() or len(raw) > 9 or int(raw) >= len(self.strings):
                raise broken()
            return self.strings[int(raw)]
        if kind == "n":
            raw = raw.strip()
            return from_day_number(raw, self.epoch) if cell.get("s") in self.dates else from_number(raw)
        if kind == "b":
            return raw.strip() in {"1", "true"}
        if kind == "e":
            return Bad(_("shows an error (%(value)s).") % {"value": raw[:20]})
        if kind == "d":
            return from_iso(raw.strip())
        return from_text(raw[: LONGEST_CELL + 1])


_CHINESE_DATES = frozenset(map(str, (*range(27, 37), *range(50, 59))))
_columns: dict[str, int] = {get_column_letter(n): n for n in range(1, 16_385)}


def _column(place: str) -> int:
    try:
        return _columns[place.rstrip("0123456789")]
    except KeyError:
        raise broken()


def _text(element: etree._Element) -> str | None:
    """The text of a shared or an inline string: plain or in runs, without the hints for its pronunciation."""
    space = element.tag[: element.tag.find("}") + 1]
    plain_tag, run_tag = f"{space}t", f"{space}r"
    pieces = []
    for child in element:
        if child.tag == plain_tag:
            pieces.append(child.text or "")
        elif child.tag == run_tag:
            pieces += [t.text or "" for t in child if t.tag == plain_tag]
    return from_text("".join(pieces)) if pieces else None


def _is_visible(sheet: etree._Element) -> bool:
    return (sheet.get("state") or "visible") == "visible"


def _bites(package: zipfile.ZipFile, part: str, name: str, until: str = "end") -> Iterator[etree._Element]:
    """The elements of one name as they are completed, a bite at a time. Ends with the table (its end, or its start);
    refuses a part in which none is completed for long: it would have to be kept whole."""
    try:
        size = package.getinfo(part).file_size
        if size > MOST_SHEET:
            raise Refused(
                _("The part “%(name)s” of the file has %(size)s; more than %(most)s are not taken.")
                % {"name": part[:60], "size": in_megabytes(size), "most": in_megabytes(MOST_SHEET)}
            )
        parser = etree.XMLPullParser(
            events=("start", "end"), tag=(f"{{*}}{name}", "{*}sheetData"),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        without = 0
        with package.open(part) as f:
            while bite := f.read(BITE):
                parser.feed(bite)
                without += len(bite)
                element = None
                for event, element in parser.read_events():
                    if element.tag.endswith("sheetData"):
                        if event == until:
                            return
                        continue
                    if event == "start":
                        continue
                    without = 0
                    yield element
                if element is not None and (parent := element.getparent()) is not None:
                    del parent[: parent.index(element) + 1]
                if without > MOST_WITHOUT:
                    raise broken()
        parser.close()
    except _PACKAGE_TROUBLES:
        raise broken()
