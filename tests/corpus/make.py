"""The files of the corpus: what each is, and what the house says to it. Made when asked for, always the same bytes.

`python -m tests.corpus.make FOLDER` writes them all, with MANIFEST.csv.
"""

import csv
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.corpus.parts import (
    HEAD,
    MAIN,
    REL,
    ROWS,
    SHEET_TYPE,
    STYLES,
    Entry,
    blanks,
    book,
    compound,
    entry,
    excel,
    inline,
    jpg,
    links,
    packed,
    pdf,
    pdf_stream,
    png,
    raw_zip,
    sheet,
    types,
    with_entry,
    word,
)  # fmt: skip

TAKEN = ""  # nothing is said: the file is stored
DAMAGED = "damaged or incomplete"
OTHERWISE = "but the content is something else"
DTD = "defines its own names"
PASSWORD = "protected by a password"
MACROS = "contains macros"
OUTSIDE = "points outside"
UNPACKED = "Unpacked, the file has"


@dataclass(frozen=True)
class Sample:
    """`stored`: words of the refusal when it is handed in where documents and tables are taken ("" = it is stored).
    `rows`: what a table reads as, or words of the refusal; None where the file is no table."""

    name: str
    what: str
    make: Callable[[], bytes]
    stored: str
    rows: str | list[list[Any]] | None = None

    def __str__(self) -> str:
        return self.name


SAMPLES: list[Sample] = []
HONEST_ROWS = [["名称", "金额"], ["项目", Decimal("12.5")]]


def add(
    name: str, what: str, make: Callable[[], bytes], stored: str, rows: str | list[list[Any]] | None = None
) -> None:
    if rows is None and stored and name.endswith((".xlsx", ".csv")):
        rows = stored  # who hands it in as a table hears the same
    SAMPLES.append(Sample(name, what, make, stored, rows))


# --- Honest files, which must get through -----------------------------------------------------------------------------

add("honest.xlsx", "a workbook", lambda: packed(excel()), TAKEN, HONEST_ROWS)
add("honest-UPPER.XLSX", "the ending in capitals", lambda: packed(excel()), TAKEN, HONEST_ROWS)
add(
    "stored-not-packed.xlsx",
    "parts without compression",
    lambda: packed(excel(), zipfile.ZIP_STORED),
    TAKEN,
    HONEST_ROWS,
)
add("honest.docx", "a document", lambda: packed(word()), TAKEN)
add("honest.pdf", "a PDF", pdf, TAKEN)
add("honest.png", "a picture", png, TAKEN)
add("honest.jpg", "a photo", jpg, TAKEN)
add("honest.jpeg", "a photo, the other ending", jpg, TAKEN)
add(
    "honest.csv",
    "a table in UTF-8",
    lambda: "名称,金额\n项目,12.5\n".encode(),
    TAKEN,
    [["名称", "金额"], ["项目", "12.5"]],
)
add("photo-with-film.jpg", "a phone's photo with something behind its end", lambda: jpg() + b"\0ftypmp4" * 50, TAKEN)
add("large-scan.png", "A3 at 600 dpi", lambda: png(7016, 9933), TAKEN)
add(
    "hyperlink.docx", "a link that a reader has to click",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("hyperlink", "https://example.org/"), external=True)})), TAKEN,
)  # fmt: skip
add(
    "other-workbook.xlsx", "a formula that refers to another workbook",
    lambda: packed(excel() | {"xl/externalLinks/_rels/externalLink1.xml.rels": links(("externalLinkPath", "旧表.xlsx"), external=True)}),
    TAKEN, HONEST_ROWS,
)  # fmt: skip

MANY = " ".join(f"a{n}='1'" for n in range(100_000))

# --- Bombs ------------------------------------------------------------------------------------------------------------

add("empty.xlsx", "0 bytes", lambda: b"", "is empty (0 bytes)")
add("empty.pdf", "0 bytes", lambda: b"", "is empty (0 bytes)")
add("empty.csv", "0 bytes", lambda: b"", "is empty (0 bytes)")
add(
    "bomb-flat.xlsx",
    "a sheet of 1 GB of blanks in 1 MB",
    lambda: with_entry(excel(), blanks("xl/worksheets/sheet1.xml", 1000)),
    UNPACKED,
)
add(
    "bomb-flat.docx",
    "a document of 1 GB of blanks in 1 MB",
    lambda: with_entry(word(), blanks("word/document.xml", 1000)),
    UNPACKED,
)
add(
    "bomb-nested.docx", "a zip of zips of blanks inside",
    lambda: packed(word(**{"word/embeddings/a.zip": raw_zip([entry("b.zip", raw_zip([blanks("c", 100)]))])})),
    "contains another file",
)  # fmt: skip
add(
    "bomb-overlapping.xlsx", "300 parts that all lie in the same bytes",
    lambda: with_entry(
        excel(), blanks("xl/media/0.png", 1),
        *(Entry(f"xl/media/{n}.png", b"x" * 1100, 100_000, same_place_as="xl/media/0.png") for n in range(1, 300)),
    ),
    "overlap",
)  # fmt: skip
add(
    "bomb-quoted.xlsx", "a part that contains the header of the next",
    lambda: raw_zip([*(entry(n, c) for n, c in excel().items()), Entry("a.bin", raw_zip([entry("b.bin", b"b")])[:40], 40, method=0),
                     Entry("b.bin", b"", 40, same_place_as="a.bin")]),
    "overlap",
)  # fmt: skip
add(
    "bomb-parts.xlsx",
    "3,000 parts",
    lambda: packed(excel() | {f"xl/media/{n}.png": b"" for n in range(3000)}),
    "parts; more than 2,000",
)
add(
    "bomb-directory.xlsx", "40,000 parts with long names",
    lambda: raw_zip([Entry(f"xl/media/{n:05d}{'x' * 60}", b"", 0, method=0) for n in range(40_000)]), "parts; more than 2,000",
)  # fmt: skip
add(
    "bomb-understated.xlsx", "the list of parts says 100 bytes, the part says 200 MB",
    lambda: with_entry(excel(), _with(blanks("xl/worksheets/sheet1.xml", 200), listed_size=100)), DAMAGED,
)  # fmt: skip
add(
    "bomb-understated-twice.xlsx", "list and part say 100 bytes, there are 200 MB",
    lambda: with_entry(excel(), _with(blanks("xl/worksheets/sheet1.xml", 200, sheet(ROWS)[:-30]), size=100)), DAMAGED,
)  # fmt: skip
add(
    "bomb-strings.xlsx", "a workbook of 90 MB of shared texts",
    lambda: with_entry(excel(), blanks("xl/sharedStrings.xml", 90, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>", b"<si><t>a</t></si>" + b" " * 15)),
    TAKEN, "of the file has 90.1 MB",
)  # fmt: skip
add(
    "bomb-many-strings.xlsx", "3,500,000 shared texts",
    lambda: with_entry(excel(), blanks("xl/sharedStrings.xml", 55, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>", b"<si><t/></si>   ")),
    TAKEN, "more than 120,000 different texts",
)  # fmt: skip
add(
    "bomb-one-string.xlsx", "one shared text of 50 MB",
    lambda: with_entry(excel(), blanks("xl/sharedStrings.xml", 50, f'<sst xmlns="{MAIN}"><si><t>'.encode(), b"</t></si></sst>", b"a")),
    TAKEN, DAMAGED,
)  # fmt: skip
add(
    "bomb-one-row.xlsx", "one row of 7,000,000 cells",
    lambda: with_entry(excel(), blanks("xl/worksheets/sheet1.xml", 50, sheet("")[:-26] + b'<row r="1">', b"</row></sheetData></worksheet>", b"<c/>    ")),
    TAKEN, DAMAGED,
)  # fmt: skip
add(
    "bomb-empty-rows.xlsx", "1,500,000 rows of nothing, more than a sheet has",
    lambda: with_entry(excel(), blanks("xl/worksheets/sheet1.xml", 50, sheet("")[:-26], b"</sheetData></worksheet>", b"<row><c s='1'/><c s='1'/></row>".ljust(32))),
    TAKEN, DAMAGED,
)  # fmt: skip
add(
    "bomb-deep.xlsx", "XML 100,000 elements deep",
    lambda: with_entry(excel(), entry("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">'.encode() + b"<a>" * 100_000)),
    TAKEN, DAMAGED,
)  # fmt: skip
add(
    "bomb-attributes.xlsx", "a cell with 100,000 attributes",
    lambda: with_entry(excel(), entry("xl/worksheets/sheet1.xml", sheet(f"<row><c {MANY}/></row>"))),
    TAKEN, [],
)  # fmt: skip


def _with(e: Entry, **fields: Any) -> Entry:
    for name, value in fields.items():
        setattr(e, name, value)
    return e


# --- Macros and locks -------------------------------------------------------------------------------------------------

add(
    "macros.xlsx",
    "a workbook with a project of Visual Basic",
    lambda: packed(excel() | {"xl/vbaProject.bin": b"vba"}),
    MACROS,
)
add(
    "macros.docx",
    "a document with a project of Visual Basic",
    lambda: packed(word(**{"word/vbaProject.bin": b"vba"})),
    MACROS,
)
add(
    "macros-1992.xlsx",
    "a sheet of macros as Excel 4 had them",
    lambda: packed(excel() | {"xl/macrosheets/sheet1.xml": sheet("")}),
    MACROS,
)
add(
    "macro-type.xlsx", "the type of a macro workbook under the name of another",
    lambda: packed(excel(types=types("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml"))), MACROS,
)  # fmt: skip
add(
    "macros.xlsm",
    "a macro workbook under its own name",
    lambda: packed(excel()),
    "save it as .xlsx",
    "save it as .xlsx",
)
add("encrypted.xlsx", "a workbook under a password", lambda: compound("EncryptionInfo", "EncryptedPackage"), PASSWORD)
add("encrypted.docx", "a document under a password", lambda: compound("EncryptionInfo", "EncryptedPackage"), PASSWORD)
add(
    "encrypted-zip.xlsx",
    "parts under a password of zip",
    lambda: with_entry(excel(), _with(entry("xl/styles.xml", STYLES), flags=0x801)),
    PASSWORD,
)
add("old.xls", "Excel 97 under its own name", lambda: compound("Workbook"), "save it as .xlsx", "save it as .xlsx")
add("old-renamed.xlsx", "Excel 97 under a new name", lambda: compound("Workbook"), "the old format of Office")
add("old-renamed.docx", "Word 97 under a new name", lambda: compound("WordDocument"), "the old format of Office")
add("old.doc", "Word 97 under its own name", lambda: compound("WordDocument"), "save it as .docx")
add("kingsoft.wps", "WPS under its own name", lambda: compound("WordDocument"), "save it as .docx")
add(
    "kingsoft.et",
    "a table of WPS under its own name",
    lambda: compound("Workbook"),
    "save it as .xlsx",
    "save it as .xlsx",
)

# --- XML that reads, loads or multiplies ------------------------------------------------------------------------------

XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_tenfold = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
LAUGHS = f"<!DOCTYPE x [<!ENTITY a0 'ha'>{_tenfold}]>"


def _doctype(declaration: str, part: str = "xl/worksheets/sheet1.xml", before: str = "") -> bytes:
    content = sheet(f'<row r="1">{inline("A1", "&e;")}</row>').decode().removeprefix(HEAD)
    return packed(excel() | {part: (HEAD + before + declaration + content).encode()})


add("xxe-sheet.xlsx", "a sheet that reads /etc/passwd", lambda: _doctype(XXE), DTD)
add("xxe-strings.xlsx", "shared texts that read /etc/passwd", lambda: _doctype(XXE, "xl/sharedStrings.xml"), DTD)
add("xxe-types.xlsx", "a list of types that reads /etc/passwd", lambda: _doctype(XXE, "[Content_Types].xml"), DTD)
add(
    "xxe-late.xlsx",
    "the declaration behind 10 KB of comment",
    lambda: _doctype(XXE, before=f"<!--{' ' * 10_000}-->"),
    DTD,
)
add(
    "xxe-very-late.xlsx",
    "the declaration behind 1 MB of comment",
    lambda: _doctype(XXE, before=f"<!--{' ' * 1_000_000}-->"),
    DTD,
)
add(
    "xxe-outside.xlsx",
    "a declaration that lies elsewhere",
    lambda: _doctype('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
    DTD,
)
add(
    "xxe-parameter.xlsx",
    "a declaration that declares",
    lambda: _doctype('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'),
    DTD,
)
add("billion-laughs.xlsx", "ten to the ninth ha", lambda: packed(excel(book=book(doctype=LAUGHS))), DTD)
add(
    "xxe-utf16.xlsx", "the declaration in UTF-16",
    lambda: packed(excel(book=(XXE + book().decode().removeprefix(HEAD)).encode("utf-16"))), DTD,
)  # fmt: skip
add(
    "xxe.docx",
    "a document that reads /etc/passwd",
    lambda: packed(word() | {"word/document.xml": f"{XXE}<a>&e;</a>".encode()}),
    DTD,
)
add("not-xml.xlsx", "a workbook that is no XML", lambda: packed(excel(book=b"\0\1\2 not xml")), DAMAGED)
add(
    "unknown-encoding.xlsx",
    "XML in an encoding that nobody knows",
    lambda: packed(excel(book=b'<?xml version="1.0" encoding="x-none"?><a/>')),
    DAMAGED,
)
add(
    "template.docx",
    "a document that loads its template from elsewhere",
    lambda: packed(
        word(
            **{"word/_rels/settings.xml.rels": links(("attachedTemplate", "http://127.0.0.1:9/a.dotm"), external=True)}
        )
    ),
    "loads something from elsewhere",
)
add(
    "tracker.docx",
    "a picture that is loaded from elsewhere",
    lambda: packed(
        word(**{"word/_rels/document.xml.rels": links(("image", "http://127.0.0.1:9/a.png"), external=True)})
    ),
    "loads something from elsewhere",
)
add(
    "share.docx",
    "an object on somebody's computer",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("oleObject", "\\\\127.0.0.1\\a"), external=True)})),
    "loads something from elsewhere",
)
add(
    "program.docx",
    "a program inside",
    lambda: packed(word(**{"word/embeddings/a.exe": b"MZ"})),
    "contains another file",
)

# --- Names and places in a package ------------------------------------------------------------------------------------

for _name, _part in {
    "up": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "windows": "xl\\..\\a",
    "drive": "C:/a",
    "nul": "xl/a\0.xml",
}.items():
    add(
        f"part-{_name}.xlsx",
        f"a part called {_part!r}",
        lambda part=_part: with_entry(excel(), entry(part, b"<a/>")),
        OUTSIDE,
    )  # type: ignore[misc]
add(
    "part-link.xlsx",
    "a part that is a symbolic link",
    lambda: with_entry(excel(), entry("xl/a", b"/etc/passwd", mode=0o120777)),
    OUTSIDE,
)
add(
    "part-twice.xlsx",
    "two sheets of the same name",
    lambda: with_entry(excel(), entry("xl/Styles.xml", STYLES)),
    "have the same name",
)
add(
    "part-lzma.xlsx",
    "parts packed by lzma",
    lambda: packed(excel(), zipfile.ZIP_LZMA),
    "in a way that Office does not use",
)
add("no-types.xlsx", "a package without its list of types", lambda: packed({"xl/workbook.xml": book()}), DAMAGED)
add("zip64.xlsx", "a package that says it is huge", lambda: _zip64(packed(excel())), "zip64")


def _zip64(content: bytes) -> bytes:
    at = content.rindex(b"PK\5\6")
    return content[:at] + b"PK\6\7".ljust(20, b"\0") + content[at:]


# --- Wrong types ------------------------------------------------------------------------------------------------------

EXE = b"MZ\x90\0" + b"\0" * 600
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
add("program.pdf", "a program for Windows", lambda: EXE, OTHERWISE)
add("program.xlsx", "a program for Windows", lambda: EXE, OTHERWISE)
add("program.exe", "a program under its own name", lambda: EXE, "are not taken", "are not taken")
add("invoice.pdf.exe", "a program with two endings", lambda: EXE, "are not taken", "are not taken")
add("program.csv", "a program for Windows", lambda: EXE, OTHERWISE, "no table of text")
add("elf.jpg", "a program for Linux", lambda: b"\x7fELF" + b"\0" * 600, OTHERWISE)
add("page.png", "a page", lambda: HTML, OTHERWISE)
add("page.pdf", "a page", lambda: HTML, OTHERWISE)
add("page.html", "a page under its own name", lambda: HTML, "are not taken")
add(
    "drawing.svg",
    "a drawing that can carry scripts",
    lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "are not taken",
)
add("drawing.png", "the same as a picture", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", OTHERWISE)
add("moving.jpg", "a GIF", lambda: b"GIF89a" + b"\0" * 30, OTHERWISE)
add("photo.png", "a JPEG", jpg, OTHERWISE)
add("text.docx", "text", lambda: "申报书".encode(), OTHERWISE)
add("document.xlsx", "a document under the name of a workbook", lambda: packed(word()), OTHERWISE)
add("workbook.docx", "a workbook under the name of a document", lambda: packed(excel()), OTHERWISE)
add("archive.docx", "an archive", lambda: packed({"a.txt": b"a"}), DAMAGED)
add("archive.pdf", "an archive", lambda: packed({"a.txt": b"a"}), OTHERWISE)
add("archive.zip", "an archive under its own name", lambda: packed({"a.txt": b"a"}), "are not taken")
add("noending", "no ending", pdf, "no ending", "no ending")
add("both.pdf", "a page before a PDF", lambda: HTML + pdf(), OTHERWISE)
add("both.png", "an archive behind a picture", lambda: png() + packed({"a.txt": b"a"}), "is appended")
add("both.jpg", "a script in the comment of a photo", lambda: jpg(comment=b"<?php system($_GET[0]);"), TAKEN)
add("both.xlsx", "a program before a workbook", lambda: EXE + packed(excel()), OTHERWISE)

# --- PDF --------------------------------------------------------------------------------------------------------------

add(
    "script.pdf",
    "a PDF with a script",
    lambda: pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "contains a script",
)
add(
    "script-spelled.pdf",
    "the same, spelled with numbers",
    lambda: pdf("/OpenAction<</S/J#61v#61Script/JS(app.alert(1))>>"),
    "contains a script",
)
add(
    "script-packed.pdf",
    "the same, in a packed list of objects",
    lambda: pdf(objects=pdf_stream("/Type/ObjStm/N 1/First 4", b"7 0 <</S/JavaScript/JS(a)>>")),
    "contains a script",
)
add("launch.pdf", "a PDF that starts a program", lambda: pdf("/OpenAction<</S/Launch/F(cmd.exe)>>"), "starts a program")
add(
    "carrier.pdf",
    "a PDF with a file inside",
    lambda: pdf("/Names<</EmbeddedFiles<</Names[(a.exe)4 0 R]>>>>"),
    "carries another file",
)
add("film.pdf", "a PDF with a film", lambda: pdf("/A<</Subtype/RichMedia>>"), "plays sound or film")
add("locked.pdf", "a PDF under a password", lambda: pdf(end=b"trailer<</Encrypt 5 0 R>>\n%%EOF"), "is protected")
add("cut.pdf", "a PDF without its end", lambda: pdf(end=b""), DAMAGED)
add(
    "bomb.pdf",
    "a packed list of 20 MB of blanks",
    lambda: pdf(objects=pdf_stream("/Type/ObjStm", b" " * 20 * 1024 * 1024)),
    "more tightly",
)
add(
    "many-lists.pdf",
    "20,000 packed lists",
    lambda: pdf(objects=pdf_stream("/Type/ObjStm", b" ") * 20_000),
    "more tightly",
)
add("view.pdf", "a PDF that opens on its second page", lambda: pdf("/OpenAction[3 0 R/Fit]"), TAKEN)

# --- Pictures ---------------------------------------------------------------------------------------------------------

add("huge.png", "100,000 × 100,000 pixels", lambda: png(100_000, 100_000), "100,000 × 100,000 pixels")
add("huge.jpg", "65,500 × 65,500 pixels", lambda: jpg(65_500, 65_500), "65,500 × 65,500 pixels")
add("strip.png", "1 × 30,000 pixels", lambda: png(1, 30_000), "30,000 pixels")
add("nothing.png", "0 × 0 pixels", lambda: png(0, 0), DAMAGED)
add("cut.png", "a picture without its end", lambda: png()[:-20], DAMAGED)
add("cut-early.png", "a picture without its size", lambda: png()[:12], DAMAGED)
add("cut.jpg", "a photo without its end", lambda: jpg(end=b""), DAMAGED)
add(
    "long-part.png", "a part that says it has 2 GB", lambda: png()[:33] + b"\x7f\xff\xff\xffIDAT" + b"\0" * 100, DAMAGED
)
add("many-parts.png", "20,000 parts", lambda: png(2, 2, *[(b"tEXt", b"")] * 20_000), DAMAGED)
add("text.png", "a page in the comment of a picture", lambda: png(2, 2, (b"tEXt", b"Comment\0" + HTML)), TAKEN)

# --- Damaged packages -------------------------------------------------------------------------------------------------

add("cut.xlsx", "a workbook without its end", lambda: packed(excel())[:-300], DAMAGED)
add("cut.docx", "a document of which half came", lambda: packed(word())[:400], DAMAGED)
add("flipped.xlsx", "a sheet with one wrong byte", lambda: _flipped(packed(excel())), DAMAGED)
add(
    "no-book.xlsx",
    "a package that says it is a workbook and has none",
    lambda: packed({"[Content_Types].xml": types(SHEET_TYPE, "xl/workbook.xml")}),
    TAKEN,
    DAMAGED,
)
add("no-sheet.xlsx", "a workbook whose sheet is not there", lambda: packed(excel(sheet1=None)), TAKEN, DAMAGED)
add("no-end.xlsx", "a sheet that stops in the middle", lambda: packed(excel(sheet1=sheet(ROWS)[:-60])), TAKEN, DAMAGED)


def _flipped(content: bytes) -> bytes:
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


# --- Sheets -----------------------------------------------------------------------------------------------------------


def table(name: str, what: str, rows: str, said: str | list[list[Any]], **parts: Any) -> None:
    add(name, what, lambda: packed(excel(rows, **parts)), TAKEN, said)


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

# --- CSV --------------------------------------------------------------------------------------------------------------

TEXT = "名称,金额\r\n平湖市,12.50\r\n"
TABLE = [["名称", "金额"], ["平湖市", "12.50"]]


def plain(name: str, what: str, content: bytes, said: str | list[list[Any]], stored: str = TAKEN) -> None:
    add(name, what, lambda: content, stored, said)


plain("gbk.csv", "as Excel in China saves", TEXT.encode("gbk"), TABLE)
plain("gb18030.csv", "a rare character in GB18030", "名称\n𠮷".encode("gb18030"), [["名称"], ["𠮷"]])
plain("utf8-mark.csv", "UTF-8 with its mark", TEXT.encode("utf-8-sig"), TABLE)
plain("utf16.csv", "“Unicode text” of Excel", TEXT.replace(",", "\t").encode("utf-16"), TABLE)
plain("utf16-big.csv", "UTF-16, big end first", b"\xfe\xff" + TEXT.encode("utf-16-be"), TABLE)
plain("utf16-bare.csv", "UTF-16 without its mark", TEXT.encode("utf-16-le"), TABLE)
plain("utf16-odd.csv", "UTF-16 cut in a character", TEXT.encode("utf-16")[:-1], "no table of text", "no table of text")
plain("semicolon.csv", "semicolons", TEXT.replace(",", ";").encode(), TABLE)
plain("tab.csv", "tabs", TEXT.replace(",", "\t").encode(), TABLE)
plain("macintosh.csv", "ends of lines as in 1990", TEXT.replace("\r\n", "\r").encode(), TABLE)
plain("binary.csv", "random bytes", bytes(range(256)) * 8, "no table of text", "no table of text")
plain("nul.csv", "a character NUL", b"a,b\n1,\0", "no table of text", "no table of text")
plain("open-quote.csv", "a quotation that does not end", b'a,b\n1,"2\n3,4\n', "quotation marks do not close")
plain("after-quote.csv", "text behind a quotation", b'a,b\n"1"x,2\n', "quotation marks do not close")
plain("long-cell.csv", "a cell of 200,000 characters", b"a,b\n" + b"x" * 200_000, "quotation marks do not close")
plain(
    "formulas.csv",
    "what a spreadsheet would compute",
    "=1+1,+1,-1,@a,\t=1,＝1".encode(),
    [["=1+1", "+1", "-1", "@a", "=1", "＝1"]],
)
plain("numbers.csv", "numbers too large", b"1e999999,12345678901234567.89", [["1e999999", "12345678901234567.89"]])
plain("lines.csv", "a cell of several lines", b'a,"b\r\nc"\n1,2', [["a", "b\nc"], ["1", "2"]])
plain("wide.csv", "20,000 columns", b"," * 20_000 + b"x", "columns are read")
plain("deep.csv", "a cell below 100,000 empty lines", b"a\n" + b"\n" * 100_000 + b"b", "Row 100,002 is not empty")
plain("blank.csv", "lines of nothing", b",,\n , \n", [])
plain("one-line.csv", "5 MB without an end of line", b"x," * 2_500_000, "columns are read")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with (target / "MANIFEST.csv").open("w", encoding="utf-8-sig", newline="") as f:
        manifest = csv.writer(f)
        manifest.writerow(("file", "what it is", "handed in", "read as a table"))
        for sample in SAMPLES:
            (target / sample.name).write_bytes(sample.make())
            manifest.writerow((sample.name, sample.what, sample.stored or "stored", sample.rows))
