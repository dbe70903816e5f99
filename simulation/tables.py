"""Tables for a terminal: columns line up although a Chinese character is two cells wide."""

from collections.abc import Sequence
from unicodedata import east_asian_width

# Ambiguous characters (“ ” — ·) are narrow in most terminals that are not set to an old CJK width.
WIDE = frozenset("WF")
GAP = "  "


def width(text: str) -> int:
    """Cells that the text takes."""
    return sum(2 if east_asian_width(c) in WIDE else 1 for c in text)


def padded(text: str, cells: int, right: bool = False) -> str:
    space = " " * max(0, cells - width(text))
    return space + text if right else text + space


def table(head: Sequence[object], rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> str:
    """Lines of a table with a rule below the head; `right` are the columns set flush right (numbers)."""
    texts = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[n]) for row in texts) for n in range(len(head))]
    lines = [
        GAP.join(padded(cell, widths[n], right=n in right) for n, cell in enumerate(row)).rstrip() for row in texts
    ]
    lines.insert(1, GAP.join("─" * w for w in widths))
    return "\n".join(lines)
