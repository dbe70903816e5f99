"""What the paper holds, as plain data, and how it is laid out. It knows no model: who prints fills a Document.

Typography (type sizes, frames, page numbers) is in `application.typ`; what is decided here is what depends on the
amount of text: which facts share a row, which rows stay whole, which sections need a page turned sideways.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import singledispatch
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import segno

from common.pdf import render as render_pdf

TEMPLATE = Path(__file__).with_name("application.typ")

HASH_SHOWN = 16  # characters of the hash at the foot of every page; the whole of it is on the cover
LABEL = 7  # 汉字 of a label on one line
HALF_ROW = 22  # a value up to this width (汉字) shares its row with the next
PORTRAIT = 46  # 汉字 of a table's type beside each other on an upright page; wider tables lie on their side
WHOLE_ROW = 12  # a table row of up to so many lines is not torn apart by the end of a page

# Spaces that forbid a line break would push a line out of its frame.
_BREAKABLE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2060": None, "\ufeff": None, "\t": "  "})


@dataclass(frozen=True)
class Facts:
    """Label and value, two pairs in a row; a long value has a row of its own."""

    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Narrative:
    """What somebody wrote in sentences. Line breaks stay."""

    label: str
    text: str


@dataclass(frozen=True)
class Column:
    """`width` in 汉字 of the table's type; the table fills the page in these proportions."""

    label: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows have one text for each column, and so have totals. The head comes again on every page."""

    title: str
    columns: list[Column]
    rows: list[list[str]]
    totals: list[str] | None = None

    @property
    def is_wide(self) -> bool:
        return sum(column.width for column in self.columns) > PORTRAIT


@dataclass(frozen=True)
class Promise:
    """The declaration above the signatures."""

    text: str


@dataclass(frozen=True)
class Box:
    """A frame to sign or stamp in: what for, and the line at its foot (年 月 日)."""

    label: str
    foot: str = "年    月    日"


@dataclass(frozen=True)
class Signatures:
    boxes: list[Box]


Block = Facts | Narrative | Table | Promise | Signatures


@dataclass(frozen=True)
class Section:
    """Numbered 一、二、三 by its place; the heading is without the number."""

    heading: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        return any(isinstance(block, Table) and block.is_wide for block in self.blocks)


@dataclass(frozen=True)
class Document:
    """One printed 申报书. `hash` is of the version that `version_text` names; scans are compared with it."""

    round_title: str
    form_title: str
    number: str
    title: str
    organization: str
    leader: str
    phone: str
    date_text: str
    version_text: str
    hash: str
    is_demo: bool
    is_draft: bool
    sections: list[Section]


def render(document: Document) -> bytes:
    """The PDF. Raises what common.pdf.render raises; ValueError when a table's rows do not fit its columns."""
    return render_pdf(TEMPLATE, _tidy(as_data(document)))


def as_data(document: Document) -> dict[str, Any]:
    """What application.typ reads."""
    runs = [
        {"wide": wide, "sections": [{"heading": s.heading, "blocks": [_block(b) for b in s.blocks]} for s in sections]}
        for wide, sections in groupby(document.sections, key=lambda section: section.is_wide)
    ]
    return {
        "round_title": document.round_title,
        "form_title": document.form_title,
        "number": document.number,
        "title": document.title,
        "organization": document.organization,
        "facts": [
            ["项目名称", document.title],
            ["申报单位", document.organization],
            ["项目负责人", document.leader],
            ["联系电话", document.phone],
            ["申报日期", document.date_text],
        ],
        "version": document.version_text,
        "hash": document.hash,
        "short_hash": document.hash[:HASH_SHOWN],
        "code": segno.make(document.hash, error="m", micro=False).svg_inline(border=0) if document.hash else "",
        "demo": document.is_demo,
        "draft": document.is_draft,
        "runs": runs,
    }


@singledispatch
def _block(block: Any) -> dict[str, Any]:
    raise TypeError(f"no such block: {block!r}")


@_block.register
def _(block: Facts) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    waiting = False  # is the right half of the last row free?
    for label, value in block.rows:
        half = "\n" not in value and _width(value) <= HALF_ROW
        if waiting and not half:
            cells[-1]["span"] = 3
        cells.append({"label": _in_two_lines(label), "value": value, "span": 1 if half else 3})
        waiting = half and not waiting
    if waiting:
        cells[-1]["span"] = 3
    return {"kind": "facts", "cells": cells}


@_block.register
def _(block: Narrative) -> dict[str, Any]:
    # More than one empty line in a row says nothing more than one.
    text = re.sub(r"\n\s*\n", "\n\n", block.text.strip())
    return {"kind": "narrative", "label": block.label, "lines": text.split("\n") if text else []}


@_block.register
def _(block: Table) -> dict[str, Any]:
    for row in [*block.rows, *([block.totals] if block.totals else [])]:
        if len(row) != len(block.columns):
            raise ValueError(f"{block.title}: {len(block.columns)} columns, but a row of {len(row)}: {row!r}")
    return {
        "kind": "table",
        "title": block.title,
        "columns": [{"label": c.label, "width": c.width, "align": c.align} for c in block.columns],
        "rows": [{"cells": row, "whole": _is_low(row, block.columns)} for row in block.rows],
        "totals": _totals(block.totals or []),
    }


@_block.register
def _(block: Promise) -> dict[str, Any]:
    return {"kind": "promise", "lines": block.text.strip().split("\n")}


@_block.register
def _(block: Signatures) -> dict[str, Any]:
    return {"kind": "signatures", "boxes": [{"label": box.label, "foot": box.foot} for box in block.boxes]}


def _totals(cells: list[str]) -> list[dict[str, Any]]:
    """The first text (合计) takes the empty cells before and after it."""
    start = next((n for n, text in enumerate(cells) if text), 0)
    end = next((n for n, text in enumerate(cells) if text and n > start), len(cells))
    merged = [{"value": cells[start], "span": end}] if cells else []
    return merged + [{"value": text, "span": 1} for text in cells[end:]]


def _in_two_lines(label: str) -> str:
    """Eight characters and more would leave one alone on the second line: 统一社会 / 信用代码."""
    half = (len(label) + 1) // 2
    return f"{label[:half]}\n{label[half:]}" if LABEL < len(label) <= 2 * LABEL else label


def _is_low(row: list[str], columns: list[Column]) -> bool:
    return all(
        sum(1 + _width(line) / column.width for line in text.split("\n")) <= WHOLE_ROW
        for text, column in zip(row, columns, strict=True)
    )


def _width(text: str) -> float:
    """In 汉字: Latin letters and figures are about half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def _tidy(data: Any) -> Any:
    """Every text without the signs that forbid a line break."""
    if isinstance(data, str):
        return data.translate(_BREAKABLE)
    if isinstance(data, dict):
        return {key: _tidy(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_tidy(value) for value in data]
    return data
