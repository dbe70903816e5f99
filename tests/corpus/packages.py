"""Workbooks and packages that ask for too much, run something or are locked; and honest ones, which must get through."""

import zipfile
from typing import Any

from tests.corpus.parts import (
    MAIN,
    ROWS,
    STYLES,
    Entry,
    blanks,
    compound,
    entry,
    excel,
    jpg,
    links,
    packed,
    pdf,
    png,
    raw_zip,
    sheet,
    types,
    with_entry,
    word,
)
from tests.corpus.sample import DAMAGED, HEAVY, HONEST_ROWS, MACROS, PASSWORD, TAKEN, UNPACKED, add

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
    "from another workbook",
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
    HEAVY, "of the file has 90.1 MB",
)  # fmt: skip
add(
    "bomb-many-strings.xlsx", "3,500,000 shared texts",
    lambda: with_entry(excel(), blanks("xl/sharedStrings.xml", 55, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>", b"<si><t/></si>   ")),
    HEAVY, "more than 120,000 different texts",
)  # fmt: skip
add(
    "bomb-one-string.xlsx", "one shared text of 50 MB",
    lambda: with_entry(excel(), blanks("xl/sharedStrings.xml", 50, f'<sst xmlns="{MAIN}"><si><t>'.encode(), b"</t></si></sst>", b"a")),
    HEAVY, DAMAGED,
)  # fmt: skip
add(
    "bomb-one-row.xlsx", "one row of 7,000,000 cells",
    lambda: with_entry(excel(), blanks("xl/worksheets/sheet1.xml", 50, sheet("")[:-26] + b'<row r="1">', b"</row></sheetData></worksheet>", b"<c/>    ")),
    HEAVY, DAMAGED,
)  # fmt: skip
add(
    "bomb-empty-rows.xlsx", "1,500,000 rows of nothing, more than a sheet has",
    lambda: with_entry(excel(), blanks("xl/worksheets/sheet1.xml", 50, sheet("")[:-26], b"</sheetData></worksheet>", b"<row><c s='1'/><c s='1'/></row>".ljust(32))),
    HEAVY, DAMAGED,
)  # fmt: skip
add(
    "bomb-deep.xlsx", "XML 100,000 elements deep",
    lambda: with_entry(excel(), entry("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">'.encode() + b"<a>" * 100_000)),
    DAMAGED, DAMAGED,
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


def _shifted(content: bytes) -> bytes:
    at = content.rindex(b"PK\5\6") + 16
    return content[:at] + (len(content) * 2).to_bytes(4, "little") + content[at + 4 :]


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
add(
    "patched-zip.xlsx",
    "a part that says it is a patch",
    lambda: with_entry(excel(), _with(entry("xl/styles.xml", STYLES), flags=0x820)),
    DAMAGED,
)
add("shifted-zip.xlsx", "a list of parts that begins before the file does", lambda: _shifted(packed(excel())), DAMAGED)
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
