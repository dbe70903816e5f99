"""Workbooks that hold sheets nobody means to make."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.corpus.parts import HEAD, MAIN, REL, ROWS, book, excel, inline, packed, sheet
from tests.corpus.sample import DAMAGED, HONEST_ROWS, TAKEN, add


def table(name: str, what: str, rows: str, said: str | list[list[Any]], *, stored: str = TAKEN, **parts: Any) -> None:
    add(name, what, lambda: packed(excel(rows, **parts)), stored, said)


def cell(place: str, value: str, attributes: str = "", formula: str = "") -> str:
    inner = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{place}" {attributes}>{inner}{f"<v>{value}</v>" if value else ""}</c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


table("sparse-corner.xlsx", "one cell at XFD1048576", row(1_048_576, cell("XFD1048576", "1")), "columns are read")
table(
    "sparse-deep.xlsx",
    "one cell in the last row",
    row(1, cell("A1", "1")) + row(1_048_576, cell("A1048576", "1")),
    "Row 1,048,576 is not empty",
)
table("sparse-wide.xlsx", "one cell in the last column", row(1, cell("XFD1", "1")), "Cell XFD1 is not empty")
table("beyond.xlsx", "a row behind the last", row(1_048_577, cell("A1048577", "1")), DAMAGED)
table(
    "dimension-huge.xlsx",
    "a sheet that says it is full",
    "",
    HONEST_ROWS,
    sheet1=sheet(ROWS, '<dimension ref="A1:XFD1048576"/>'),
)
table(
    "dimension-small.xlsx",
    "a sheet that says it has one cell",
    "",
    HONEST_ROWS,
    sheet1=sheet(ROWS, '<dimension ref="A1"/>'),
)
table(
    "dimension-wrong.xlsx",
    "a sheet that says nonsense",
    "",
    HONEST_ROWS,
    sheet1=sheet(ROWS, '<dimension ref="ZZZZZ99999999:?"/>'),
)
table(
    "formula-new.xlsx",
    "a formula that nobody has computed",
    row(5, cell("C5", "", formula="A1+1")),
    "Cell C5 is a formula without a value",
)
table("formula.xlsx", "a formula with its value", row(1, cell("A1", "3", formula="1+2")), [[3]])
table(
    "formula-blank.xlsx",
    "a formula whose value is no text",
    row(1, '<c r="A1" t="str"><f>""</f><v></v></c>', cell("B1", "1")),
    [[None, 1]],
)
table(
    "formula-web.xlsx",
    "a formula that loads from elsewhere",
    row(1, cell("A1", "x", 't="str"', 'WEBSERVICE("http://127.0.0.1:9/")')),
    [["x"]],
    stored="formula of the file runs or fetches",
)
table("errors.xlsx", "cells that show errors", row(2, cell("B2", "#N/A", 't="e"')), "Cell B2 shows an error (#N/A)")
table(
    "too-large.xlsx", "a number that is none", row(1, cell("A1", "1e999999")), "Cell A1 is a number that is too large"
)
table(
    "too-long.xlsx", "a number of 5,000 digits", row(1, cell("A1", "9" * 5000)), "Cell A1 is a number that is too large"
)
table("not-number.xlsx", "words where a number stands", row(1, cell("A1", "abc")), "Cell A1 is no number")
table("nan.xlsx", "NaN", row(1, cell("A1", "NaN")), "Cell A1 is a number that is too large")
table(
    "digits.xlsx",
    "a code of 18 digits that became a number",
    row(1, cell("A1", "513304820000000000"), cell("B1", "12345678901234567.89")),
    [[513304820000000000, 12345678901234568]],
)
table(
    "fractions.xlsx",
    "numbers as they are stored",
    row(1, cell("A1", "0.30000000000000004"), cell("B1", "1E-3"), cell("C1", "-0.5"), cell("D1", "1E+3")),
    [[Decimal("0.3"), Decimal("0.001"), Decimal("-0.5"), 1000]],
)
table(
    "days-1900.xlsx",
    "days, days with time, days that are none",
    row(1, cell("A1", "44172", 's="1"'), cell("B1", "44172.5", 's="2"')),
    [[date(2020, 12, 7), datetime(2020, 12, 7, 12)]],
)
table(
    "days-1904.xlsx",
    "the same days as a Macintosh counted",
    row(1, cell("A1", "42710", 's="1"')),
    [[date(2020, 12, 7)]],
    book=book(properties='<workbookPr date1904="1"/>'),
)
table("day-never.xlsx", "a day that no calendar has", row(1, cell("A1", "99999999", 's="1"')), "Cell A1 is no date")
table("day-before.xlsx", "a day before the first", row(1, cell("A1", "-5", 's="1"')), "Cell A1 is no date")
table(
    "day-iso.xlsx",
    "a day in letters",
    row(1, cell("A1", "2020-12-07T00:00:00", 't="d"'), cell("B1", "2020-99-07", 't="d"')),
    "Cell B1 is no date",
)
table(
    "merged.xlsx",
    "merged cells",
    "",
    [["甲", None, 1]],
    sheet1=sheet(row(1, inline("A1", "甲"), "<c r='B1'/>", cell("C1", "1"))).replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    ),
)
TWO = '<sheet name="藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="表" sheetId="2" r:id="rId4"/>'
table(
    "hidden-first.xlsx",
    "the first sheet is hidden",
    ROWS,
    [["显示"]],
    book=book(TWO),
    sheet2=sheet(row(1, inline("A1", "显示"))),
)
table(
    "hidden-all.xlsx",
    "all sheets are hidden",
    ROWS,
    "no visible sheet",
    book=book(TWO.replace('name="表"', 'name="表" state="veryHidden"')),
)
table("no-sheets.xlsx", "a workbook of no sheets", ROWS, "no visible sheet", book=book(""))
table("nothing.xlsx", "an empty sheet", "", [])
table(
    "shared.xlsx",
    "shared, rich and pronounced texts",
    row(1, cell("A1", "0", 't="s"'), cell("B1", "1", 't="s"')),
    [["红色", "𠮷=1"]],
    strings=f'{HEAD}<sst xmlns="{MAIN}"><si><r><t>红</t></r><r><t>色</t></r><rPh><t>hong</t></rPh></si><si><t>𠮷=1</t></si></sst>'.encode(),
)
table("shared-beyond.xlsx", "a text that is not there", row(1, cell("A1", "7", 't="s"')), DAMAGED)
table("shared-below.xlsx", "a text before the first", row(1, cell("A1", "-1", 't="s"')), DAMAGED)
table(
    "escaped.xlsx",
    "control characters as Excel spells them",
    row(1, inline("A1", "a_x000D__x000A_b_x0000_c_xD800_d_x005F_x")),
    [["a\nbcd_x"]],
)
table(
    "unseen.xlsx",
    "characters that nobody sees",
    row(1, inline("A1", "\u202e\u200b"), inline("B1", "a\u202eb")),
    [[None, "ab"]],
)
table("true.xlsx", "truth", row(1, cell("A1", "1", 't="b"'), cell("B1", "0", 't="b"')), [[True, False]])
table("backwards.xlsx", "rows in the wrong order", row(2, cell("A2", "1")) + row(1, cell("A1", "1")), DAMAGED)
table("row-word.xlsx", "a row called ½", "<row r='½'><c/></row>", DAMAGED)
table("row-zero.xlsx", "row 0", "<row r='0'><c><v>1</v></c></row>", DAMAGED)
table("cell-word.xlsx", "a cell called ZZZZ1", row(1, cell("ZZZZ1", "1")), DAMAGED)
table(
    "without-places.xlsx",
    "rows and cells that do not say where",
    "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
    [[1, 2], [3]],
)
table(
    "strict.xlsx",
    "a workbook by the strict standard",
    "",
    HONEST_ROWS,
    sheet1=sheet(ROWS).replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    book=book()
    .replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    .replace(REL.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)
table(
    "styles-broken.xlsx",
    "styles that are no XML",
    ROWS,
    HONEST_ROWS,
    styles=f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'.encode(),
)
table(
    "many-rows.xlsx",
    "more rows than are read",
    "".join(row(n, cell(f"A{n}", str(n))) for n in range(1, 2003)),
    "at most 2,000 rows",
)
table(
    "formatted-below.xlsx",
    "a table with 20,000 empty, formatted rows below",
    ROWS + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 20_000)),
    HONEST_ROWS,
)
table("comments.xlsx", "comments and instructions between the cells", "<!-- a --><?b c?>" + ROWS, HONEST_ROWS)
table(
    "prefixed.xlsx",
    "elements under a prefix",
    "",
    [[1]],
    sheet1=f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'.encode(),
)
table(
    "no-namespace.xlsx",
    "elements of no namespace",
    "",
    [[1]],
    sheet1=b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
)
