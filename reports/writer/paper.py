"""A `Sheet` laid out by openpyxl: the frame, the print set-up, the styles. Returns the values of its formulas."""

from collections.abc import Callable
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from common.spreadsheets import put_text
from reports.writer import measure
from reports.writer.measure import BODY_SIZE
from reports.writer.spec import Column, Kind, Row, Sheet, Total, completed, totals

TITLE_SIZE = 22.0
HEAD_ROWS = (3, 4)
FIRST_ROW = 5
NOTHING = "（无）"
SPACE = "\u3000"  # as wide as a character in every font, unlike the Latin space
SIGNATURE = 18  # half-width characters that a name by hand needs
MIN_ROW_HEIGHT = 26.0
SIDE = 0.38  # of the width, for what stands at the left and at the right above the table
A4 = 9
INCH = 1 / 2.54  # per centimetre

_thin = Side(style="thin")
_box = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)
_HORIZONTAL = {Kind.TEXT: "left", Kind.MONEY: "right"}


def _font(size: float = BODY_SIZE, *, heavy: bool = False) -> Font:
    """黑体 or 宋体: both come with every Windows and every WPS. A cell names one font only; where it is missing,
    the family and the Chinese charset (134) lead Excel, WPS and LibreOffice to their own substitute."""
    return Font(name="黑体" if heavy else "宋体", charset=134, family=3 if heavy else 1, size=size)


def add_styles(book: Workbook) -> None:
    """The named styles of the frame, once a workbook. The default font is the unit of every column width."""
    normal = next(style for style in book._named_styles if style.name == "Normal")  # type: ignore[attr-defined]
    normal.font = _font()
    for kind in Kind:
        for name, font in (("body", _font()), ("total", _font(heavy=True))):
            style = NamedStyle(f"{name}_{kind.name.lower()}", font, border=_box, number_format=kind.number_format)
            style.alignment = Alignment(
                horizontal=_HORIZONTAL.get(kind, "center"),
                vertical="center",
                wrap_text=kind.is_text,
                # A number that is too wide shrinks; it never becomes ####.
                shrink_to_fit=not kind.is_text,
            )
            book.add_named_style(style)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    book.add_named_style(NamedStyle("title", _font(TITLE_SIZE, heavy=True), alignment=centre))
    book.add_named_style(NamedStyle("heading", _font(heavy=True), alignment=centre, border=_box))
    for place in ("left", "center", "right"):
        line = Alignment(horizontal=place, vertical="center", wrap_text=True)
        book.add_named_style(NamedStyle(f"line_{place}", _font(), alignment=line))


class Paper:
    """One worksheet in the making. `values` collects the cached value of every formula by coordinate."""

    def __init__(self, sheet: Sheet, ws: Worksheet, tick: Callable[[], None]) -> None:
        self.sheet, self.ws, self.tick = sheet, ws, tick
        self.columns = list(sheet.columns)
        self.last = len(self.columns)
        self.letters = {c.key: get_column_letter(i) for i, c in enumerate(self.columns, start=1)}
        self.values: dict[str, Any] = {}
        self.body = [[completed(self.columns, r) for r in s.rows] for s in sheet.sections]
        self.grand = totals(self.columns, [r for rows in self.body for r in rows])
        self.widths = [self._width(c) for c in self.columns]

    @property
    def used_range(self) -> str:
        return f"A1:{get_column_letter(self.last)}{self.ws.max_row}"

    def lay_out(self) -> None:
        for i, width in enumerate(self.widths, start=1):
            self.ws.column_dimensions[get_column_letter(i)].width = measure.excel_width(width)
        self._head()
        row = self._sections(FIRST_ROW)
        row = self._tail(row)
        self._print_setup()

    # --- The frame --------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        self._merged(1, 1, self.last, self.sheet.title, "title", height=40)
        day = self.sheet.as_of
        # The middle takes the columns that lie across either border, so that the date always has room.
        a, b = self._split(SIDE) - 1 or 1, self._split(1 - SIDE)
        places = ((1, a, "left"), (a + 1, b, "center"), (b + 1, self.last, "right"))
        words = (
            f"填报单位（盖章）：{self.sheet.filled_by}",
            f"统计截止日期：{day.year}年{day.month}月{day.day}日",
            f"单位：{self.sheet.unit}",
        )
        for (first, last, place), text in zip(places, words, strict=True):
            self._merged(2, first, last, text, f"line_{place}")
        rooms = (sum(self.widths[first - 1 : last]) for first, last, _ in places)
        height = measure.row_height(zip(words, rooms, strict=True))
        self.ws.row_dimensions[2].height = max(MIN_ROW_HEIGHT, height)
        upper, lower = HEAD_ROWS
        start = 1
        while start <= self.last:
            group, end = self.columns[start - 1].group, start
            while group and end < self.last and self.columns[end].group == group:
                end += 1
            if group:
                self._merged(upper, start, end, group, "heading")
                for i in range(start, end + 1):
                    self._put(lower, i, self.columns[i - 1].heading, "heading")
            else:
                self._merged(upper, start, start, self.columns[start - 1].heading, "heading", down_to=lower)
            start = end + 1
        single = measure.row_height([])
        grouped = measure.row_height((c.heading, w) for c, w in self._widths_of(grouped=True))
        alone = measure.row_height((c.heading, w) for c, w in self._widths_of(grouped=False))
        self.ws.row_dimensions[lower].height = grouped
        self.ws.row_dimensions[upper].height = max(single, alone - grouped)

    def _widths_of(self, *, grouped: bool) -> list[tuple[Column, float]]:
        return [(c, w) for c, w in zip(self.columns, self.widths, strict=True) if bool(c.group) is grouped]

    def _sections(self, row: int) -> int:
        number, subtotal_rows = 0, []
        for section, rows in zip(self.sheet.sections, self.body, strict=True):
            first = row
            for values in rows:
                number += 1
                self._row(row, {**values, self.columns[0].key: number}, "body")
                row += 1
                self.tick()
            if not rows:
                self._nothing(row)
                row += 1
            if section.label:
                self._total(row, section.label, totals(self.columns, rows), f"{{0}}{first}:{{0}}{row - 1}")
                subtotal_rows.append(row)
                row += 1
        over = ",".join(f"{{0}}{r}" for r in subtotal_rows) or f"{{0}}{FIRST_ROW}:{{0}}{row - 1}"
        self._total(row, self.sheet.total_label, self.grand, over)
        return row + 1

    def _total(self, row: int, label: str, values: Row, over: str) -> None:
        self._row(row, values, "total", over=over)
        self._merged(row, 1, self.sheet.label_columns, label, "total_word")

    def _tail(self, row: int) -> int:
        width = sum(self.widths)
        if self.sheet.notes:
            text = "\n".join(self.sheet.notes)
            self._merged(row, 1, self.last, text, "line_left", height=measure.row_height([(text, width)]))
            row += 1
        if self.sheet.signatures:
            room = max(SIGNATURE, int(width / len(self.sheet.signatures)))
            text = "".join(s + SPACE * int((room - measure.halves(s)) / 2) for s in self.sheet.signatures)
            self._merged(row, 1, self.last, text, "line_left", height=measure.lines(text, width) * 34.0)
            row += 1
        edges = [0, *(self._split(n / 4) for n in (1, 2, 3)), self.last]
        for n, words in enumerate(("填报人：", "审核人：", "联系电话：", "填报日期：      年    月    日")):
            self._merged(row, edges[n] + 1, edges[n + 1], words, "line_left", height=34)
        return row + 1

    def _print_setup(self) -> None:
        ws = self.ws
        ws.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        ws.page_setup.orientation = "landscape"
        ws.page_setup.paperSize = A4
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.print_options.horizontalCentered = True
        ws.page_margins.left = ws.page_margins.right = 1.0 * INCH
        ws.page_margins.top, ws.page_margins.bottom = 1.4 * INCH, 1.5 * INCH
        ws.page_margins.header = ws.page_margins.footer = 0.7 * INCH
        ws.print_title_rows = f"{HEAD_ROWS[0]}:{HEAD_ROWS[1]}"
        ws.print_area = self.used_range
        ws.oddFooter.center.text = "第 &P 页 共 &N 页"  # type: ignore[union-attr]
        ws.freeze_panes = f"{get_column_letter(self.sheet.label_columns + 1)}{FIRST_ROW}"
        ws.sheet_view.showGridLines = False

    # --- Cells ------------------------------------------------------------------------------------------------------

    def _row(self, row: int, values: Row, style: str, over: str = "") -> None:
        cells = []
        for i, column in enumerate(self.columns, start=1):
            formula = self._total_formula(column, row, over) if over else self._formula(column, row)
            value = values.get(column.key)
            cell = self._put(row, i, None if formula else value, f"{style}_{column.kind.name.lower()}")
            if formula:
                cell.value = f"={formula}"
                self.values[cell.coordinate] = value
            if isinstance(value, str):
                cells.append((value, self.widths[i - 1]))
        self.ws.row_dimensions[row].height = max(MIN_ROW_HEIGHT, measure.row_height(cells))

    def _nothing(self, row: int) -> None:
        for i, column in enumerate(self.columns, start=1):
            self._put(row, i, NOTHING if i == 2 else None, f"body_{column.kind.name.lower()}")
        self.ws.row_dimensions[row].height = MIN_ROW_HEIGHT

    def _formula(self, column: Column, row: int) -> str:
        if column.formula is None:
            return ""
        return column.formula.excel.format_map({key: f"{letter}{row}" for key, letter in self.letters.items()})

    def _total_formula(self, column: Column, row: int, over: str) -> str:
        cells = over.format(self.letters[column.key])
        if column.total is Total.SUM:
            return f"SUM({cells})"
        if column.total is Total.MEAN:
            return f"IF(COUNT({cells})=0,0,ROUND(AVERAGE({cells}),2))"
        if column.total is Total.SAME:
            return self._formula(column, row)
        return ""

    def _put(self, row: int, column: int, value: Any, style: str) -> Cell:
        cell: Cell = self.ws.cell(row, column)  # type: ignore[assignment]
        cell.style = style
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        return cell

    def _merged(
        self, row: int, first: int, last: int, text: str, style: str, height: float = 0, down_to: int = 0
    ) -> None:
        for r in range(row, max(row, down_to) + 1):
            for i in range(first, last + 1):
                # Every cell of the area keeps the border, else the merged box is open.
                self._put(r, i, text if (r, i) == (row, first) else None, style)
        if last > first or down_to > row:
            self.ws.merge_cells(start_row=row, end_row=max(row, down_to), start_column=first, end_column=last)
        if height:
            self.ws.row_dimensions[row].height = height

    def _width(self, column: Column) -> float:
        if column.kind.is_text:
            return column.width
        values = [r.get(column.key) for rows in self.body for r in rows] + [self.grand.get(column.key)]
        numbers = [v for v in values if not isinstance(v, str)]
        widest = max(measure.halves(measure.shown(v, column.kind)) for v in numbers)
        return max(column.width, widest)

    def _split(self, part: float) -> int:
        """The column after which `part` of the sheet's width is reached."""
        target, reached = sum(self.widths) * part, 0.0
        for i, width in enumerate(self.widths, start=1):
            reached += width
            if reached >= target:
                return min(i, self.last - 1)
        return self.last - 1
