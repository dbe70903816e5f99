"""Templates to fill in: one sheet to type into, one that explains. For the bureau's reports see reports.writer."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from common.spreadsheets.cells import Kind
from common.spreadsheets.columns import Column
from common.text import clean

LONGEST_CELL = 32_767  # characters; Excel cuts what is longer
SHORT_LIST = 250  # characters of choices that fit into a validation itself
FORMULA_STARTERS = "=+-@\t\r＝＋－＠"
FORMATS = {Kind.TEXT: "@", Kind.WHOLE: "0", Kind.MONEY: "#,##0.00", Kind.NUMBER: "General", Kind.DATE: "yyyy-mm-dd"}
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_thin = Side(style="thin", color="BFBFBF")
_box = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)


def put_text(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with: never a formula, nothing that a sheet can not hold."""
    # What looks like an escape of Excel's (_x000D_) would be read as a control character.
    cell.value = _ESCAPE.sub(r"_x005F_\1", clean(text))[:LONGEST_CELL] or None
    if cell.value is not None:
        cell.data_type = "s"
        if str(cell.value)[0] in FORMULA_STARTERS:
            cell.quotePrefix = True


def neutral(value: Any) -> Any:
    """A value for a CSV file, where nothing but an apostrophe keeps a spreadsheet from computing what people typed."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text and text[0] in FORMULA_STARTERS else text


def write_template(
    columns: Sequence[Column],
    *,
    rows: Sequence[Mapping[str, Any]] = (),
    title: str = "",
    notes: Sequence[str] = (),
    room_for: int = 500,
) -> bytes:
    """A workbook with the headings of `columns` in row 1, `rows` below, and room for `room_for` more; codes are text,
    choices are lists to pick from. A second sheet says what goes where: `notes`, then a line for each column."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = (clean(title) or _("Table"))[:31]
    last = len(rows) + room_for + 1
    for n, column in enumerate(columns, 1):
        letter = get_column_letter(n)
        _heading(sheet.cell(1, n), column)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = FORMATS[column.kind]
        if rule := _validation(book, column, n):
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)
    for r, row in enumerate(rows, 2):
        for n, column in enumerate(columns, 1):
            _put(sheet.cell(r, n), row.get(column.key), column)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToHeight = 0
    _explain(book.create_sheet(_("How to fill in"), 1), columns, notes)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _heading(cell: Any, column: Column) -> None:
    put_text(cell, f"{column.heading}{' *' if column.required else ''}")
    cell.font = Font(name="黑体", charset=134, family=3, size=11)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill = PatternFill("solid", fgColor="FBEDEC" if column.required else "F2F2F2")
    cell.border = _box
    if column.hint:
        cell.comment = Comment(str(column.hint), "", width=260, height=80)


def _put(cell: Any, value: Any, column: Column) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
    cell.number_format = FORMATS[column.kind]
    cell.alignment = Alignment(vertical="top", wrap_text=column.kind is Kind.TEXT)
    cell.border = _box


def _validation(book: Workbook, column: Column, n: int) -> DataValidation | None:
    choices = [clean(str(c)) for c in column.choices]
    if choices:
        inline = ",".join(choices)
        if len(inline) > SHORT_LIST or any("," in c or '"' in c for c in choices):
            formula = _listed(book, choices, n)
        else:
            formula = f'"{inline}"'
        rule = DataValidation("list", formula1=formula, allow_blank=True)
    elif column.kind in {Kind.WHOLE, Kind.MONEY, Kind.NUMBER}:
        rule = DataValidation("whole" if column.kind is Kind.WHOLE else "decimal", operator="between", allow_blank=True)
        rule.formula1, rule.formula2 = "-999999999999", "999999999999"
    elif column.kind is Kind.DATE:
        rule = DataValidation("date", operator="between", allow_blank=True)
        rule.formula1, rule.formula2 = "DATE(1900,1,1)", "DATE(2099,12,31)"
    else:
        return None
    rule.errorTitle = str(column.heading)[:32]
    rule.error = _("This is not taken here. See the sheet “%(sheet)s”.") % {"sheet": _("How to fill in")}
    rule.showErrorMessage = True
    return rule


def _listed(book: Workbook, choices: Sequence[str], n: int) -> str:
    """Choices that are too long for a rule stand on a hidden sheet."""
    name = _("Choices")
    sheet: Worksheet = book[name] if name in book.sheetnames else book.create_sheet(name)
    sheet.sheet_state = "hidden"
    for r, choice in enumerate(choices, 1):
        put_text(sheet.cell(r, n), choice)
    letter = get_column_letter(n)
    return f"{quote_sheetname(name)}!${letter}$1:${letter}${len(choices)}"


def _explain(sheet: Worksheet, columns: Sequence[Column], notes: Sequence[str]) -> None:
    row = 1
    for note in notes:
        put_text(sheet.cell(row, 1), note)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 15 * (1 + len(note) // 45)
        row += 1
    row += 1 if notes else 0
    names = {
        Kind.TEXT: _("text"), Kind.WHOLE: _("whole number"), Kind.MONEY: _("amount in 元, two decimals"),
        Kind.NUMBER: _("number"), Kind.DATE: _("date, as 2020-12-07"),
    }  # fmt: skip
    for n, words in enumerate((_("Column"), _("What goes in"), _("Explanation")), 1):
        cell = sheet.cell(row, n, words)
        cell.font = Font(name="黑体", charset=134, family=3, size=11)
    for column in columns:
        row += 1
        what = names[column.kind] if not column.choices else _("one of the list")
        put_text(sheet.cell(row, 1), f"{column.heading}{' *' if column.required else ''}")
        put_text(sheet.cell(row, 2), what)
        put_text(sheet.cell(row, 3), str(column.hint))
        sheet.cell(row, 3).alignment = Alignment(wrap_text=True, vertical="top")
    row += 2
    put_text(sheet.cell(row, 1), _("Columns with * must be filled in. Do not change the headings."))
    for letter, width in zip("ABC", (24, 24, 60), strict=True):
        sheet.column_dimensions[letter].width = width
