"""How wide text is and how many lines it takes: openpyxl fits nothing by itself.

Unit: half a Chinese character of the body font, which is one digit of 宋体. Digits count a little more, so that the
figures are on the safe side for Noto CJK too, which stands in where the Windows fonts are missing.
"""

import math
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from reports.writer.spec import Kind

BODY_SIZE = 11.0  # points; the headings have the same size
EM = BODY_SIZE * 96 / 72  # pixels
EXCEL_UNIT = 8  # pixels: the widest digit of the workbook's default font, 宋体 at 11 points
CELL_PADDING = 9  # pixels: what Excel keeps free beside the text, and some air
NARROW = 1.12
LINE_HEIGHT = 15.5  # points
ROW_PADDING = 7.0
MAX_ROW_HEIGHT = 409.0


def excel_width(halves: float) -> float:
    """Excel's column width that has room for `halves` half-width characters."""
    return round((halves * EM / 2 + CELL_PADDING) / EXCEL_UNIT, 2)


def halves(text: str) -> float:
    """Width of one line of text."""
    return sum(2.0 if unicodedata.east_asian_width(c) in "WFA" else NARROW for c in text)


def lines(text: str, room: float) -> int:
    """Lines that `text` takes in a wrapped cell. Chinese breaks anywhere, a run of Latin letters only if it must."""
    return sum(_lines_of_paragraph(p, room) for p in text.split("\n"))


def _lines_of_paragraph(text: str, room: float) -> int:
    count, used = 1, 0.0
    for piece in _pieces(text):
        width = halves(piece)
        if used + width <= room:
            used += width
        elif width <= room:
            count, used = count + 1, width
        else:
            # Too long for any line: broken inside, and it starts on a line of its own.
            count += math.ceil(width / room) - (0 if used else 1)
            used = width % room
    return count


def _pieces(text: str) -> Iterable[str]:
    run = ""
    for c in text:
        if c.isascii() and not c.isspace():
            run += c
            continue
        if run:
            yield run
            run = ""
        yield c
    if run:
        yield run


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Height in points of a row of (text, room in half-width characters)."""
    most = max((lines(text, room) for text, room in cells), default=1)
    return min(MAX_ROW_HEIGHT, most * LINE_HEIGHT + ROW_PADDING)


def shown(value: Any, kind: Kind) -> str:
    """What the cell will show."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY:
        return f"{value:,.2f}"
    if kind is Kind.SCORE:
        return f"{Decimal(value):.2f}"
    if kind is Kind.PERCENT:
        return f"{Decimal(value) * 100:.1f}%"
    return f"{value:,}" if isinstance(value, (int, Decimal)) else str(value)
