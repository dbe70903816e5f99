"""Packages whose parts read, load or multiply, lie elsewhere or are damaged."""

import zipfile

from tests.corpus.parts import (
    HEAD,
    ROWS,
    SHEET_TYPE,
    STYLES,
    book,
    entry,
    excel,
    inline,
    links,
    packed,
    sheet,
    types,
    with_entry,
    word,
)
from tests.corpus.sample import DAMAGED, DTD, OUTSIDE, TAKEN, add

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
    "acts by itself (OLE, ActiveX",
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
add(
    "no-end.xlsx", "a sheet that stops in the middle", lambda: packed(excel(sheet1=sheet(ROWS)[:-60])), DAMAGED, DAMAGED
)


def _flipped(content: bytes) -> bytes:
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
