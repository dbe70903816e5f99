"""Documents and workbooks that run or fetch something, hidden from who only looks at names of parts."""

from tests.corpus.parts import HEAD, book, compound, excel, links, packed, sheet, word
from tests.corpus.sample import HONEST_ROWS, MACROS, add

OBJECT, WORKBOOK, FIELD = "acts by itself (OLE, ActiveX", "from another workbook", "A field of the file runs"
FORMULA, PICTURE, LOADS, INSIDE = (
    "A formula of the file",
    "loads a picture",
    "loads something from elsewhere",
    "carries another file",
)
OLE = compound("\x01Ole10Native")

# --- Fields of documents ----------------------------------------------------------------------------------------------


def field(*pieces: str, tag: str = "instrText") -> str:
    """A field whose instruction lies in so many runs."""
    runs = "".join(f"<w:r><w:{tag}>{piece}</w:{tag}></w:r>" for piece in pieces)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


COMMAND = r'c:\\windows\\system32\\cmd.exe "/k calc"'


def around(before: str, inner: str, after: str) -> str:
    """A field in the instruction of a field."""
    first, last = (f"<w:r><w:instrText>{said}</w:instrText></w:r>" if said else "" for said in (before, after))
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{first}{inner}{last}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FIELDS = {
    "dde": field(f" DDE {COMMAND} "),
    "ddeauto": field(f" DDEAUTO {COMMAND} "),
    "dde-split": field("D", "D", "E", "AUTO", f" {COMMAND}"),
    "dde-letters": field("&#68;&#x44;E", f" {COMMAND}"),
    "dde-small": field(f"ddeauto {COMMAND}"),
    "dde-quoted": field(f'"DDEAUTO" {COMMAND}'),
    "dde-deleted": field(f"DDEAUTO {COMMAND}", tag="delInstrText"),
    "dde-open": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a b</w:instrText></w:r>',
    "dde-simple": f'<w:fldSimple w:instr="DDEAUTO {COMMAND.replace(chr(34), "&quot;")}"/>',
    "dde-inside": around("IF 1 = 1 ", field(f"DDE {COMMAND}"), ""),
    "dde-computed": around("", field("QUOTE 68 68 69 65 85 84 79"), " cmd"),
    "picture": field(r'INCLUDEPICTURE "http://127.0.0.1:9/a.png" \d'),
    "text": field(r'INCLUDETEXT "\\\\127.0.0.1\\a.docx"'),
    "link": field(r'LINK Excel.Sheet.12 "\\\\127.0.0.1\\a.xlsx"'),
    "database": field(r'DATABASE \c "DSN=a"'),
    "import": field(r'IMPORT "http://127.0.0.1:9/a.wmf"'),
}
for _name, _body in FIELDS.items():
    add(f"acts-{_name}.docx", f"a field: {_name}", lambda b=_body: packed(word(b)), FIELD)  # type: ignore[misc]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_header = f"{HEAD}<w:hdr {W}><w:p>{field(f'DDE {COMMAND}')}</w:p></w:hdr>"
add("acts-header.docx", "a field in a header", lambda: packed(word(**{"word/header1.xml": _header.encode()})), FIELD)
add("acts-header-named.docx", "a header under the name of a picture",
    lambda: packed(word(**{"word/media/a.png": _header.encode()})), FIELD)  # fmt: skip
add("acts-header-utf16.docx", "a header in UTF-16",
    lambda: packed(word(**{"word/header1.xml": _header.replace("UTF-8", "UTF-16").encode("utf-16")})), FIELD)  # fmt: skip

# --- Objects ----------------------------------------------------------------------------------------------------------

add("acts-ole.docx", "an object", lambda: packed(word(**{"word/embeddings/oleObject1.bin": OLE})), OBJECT)
add(
    "acts-ole-named.docx",
    "an object under the name of a picture",
    lambda: packed(word(**{"word/media/a.png": OLE})),
    OBJECT,
)
add("acts-ole-link.docx", "the link to an object",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("oleObject", "media/a.bin")), "word/media/a.bin": b"\0"})), OBJECT)  # fmt: skip
add("acts-ole-element.docx", "an object that only the text names",
    lambda: packed(word('<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="htmlfile"/>')), OBJECT)  # fmt: skip
add("acts-activex.docx", "a control", lambda: packed(word(**{"word/activeX/activeX1.xml": b"<a/>"})), OBJECT)
add("acts-activex-link.docx", "the link to a control",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("control", "a.xml"))})), OBJECT)  # fmt: skip
add("acts-ole.xlsx", "an object", lambda: packed(excel() | {"xl/embeddings/oleObject1.bin": OLE}), OBJECT)
add("acts-activex.xlsx", "a control", lambda: packed(excel() | {"xl/activeX/activeX1.bin": OLE}), OBJECT)
add("acts-add-in.xlsx", "buttons that call a program",
    lambda: packed(excel() | {"_rels/.rels": links(("officeDocument", "xl/workbook.xml"), ("ui/extensibility", "a.xml"))}), OBJECT)  # fmt: skip
add("acts-query.xlsx", "a connection to a database",
    lambda: packed(excel() | {"xl/_rels/a.xml.rels": links(("connections", "connections.xml"))}), OBJECT)  # fmt: skip
add("acts-macros-named.xlsx", "a project of Visual Basic under the name of a picture",
    lambda: packed(excel() | {"xl/media/a.png": compound("VBA", "_VBA_PROJECT")}), OBJECT)  # fmt: skip
add("acts-macro-sheet.xlsx", "a sheet of macros under an honest name",
    lambda: packed(excel(types=excel()["[Content_Types].xml"].replace(b"</Types>", b'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'))), MACROS)  # fmt: skip
add("acts-page.docx", "a page that becomes part of the text",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("aFChunk", "a.mht"))})), OBJECT)  # fmt: skip

# --- What lies elsewhere ----------------------------------------------------------------------------------------------

add("acts-template.docx", "a template, without saying that it lies elsewhere",
    lambda: packed(word(**{"word/_rels/settings.xml.rels": links(("attachedTemplate", "http://127.0.0.1:9/a.dotm"))})), LOADS)  # fmt: skip
add("acts-disguised.docx", "a template whose kind ends like that of a link to click on",
    lambda: packed(word(**{"word/_rels/settings.xml.rels": links(("hyperlink/attachedTemplate", "\\\\127.0.0.1\\a"), external=True)})), LOADS)  # fmt: skip
add("acts-frame.docx", "a frame", lambda: packed(word(**{"word/_rels/webSettings.xml.rels": links(("frame", "file:///a.docx"), external=True)})), LOADS)  # fmt: skip
add("acts-upper.docx", "a list of links in capitals",
    lambda: packed(word(**{"word/_RELS/DOCUMENT.XML.RELS": links(("image", "http://127.0.0.1:9/a.png"), external=True)})), LOADS)  # fmt: skip
add("acts-vml.docx", "an old drawing with an address",
    lambda: packed(word('<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://127.0.0.1:9/a.png"/></v:shape>')), PICTURE)  # fmt: skip
add("acts-vml-share.xlsx", "an old drawing with a picture on somebody's computer",
    lambda: packed(excel() | {"xl/drawings/vmlDrawing1.vml": b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:fill src="\\\\127.0.0.1\\a.png"/></xml>'}), PICTURE, HONEST_ROWS)  # fmt: skip
add("acts-linked.xlsx", "a linked workbook", lambda: packed(excel() | {"xl/_rels/a.xml.rels": links(("externalLink", "externalLinks/externalLink1.xml"))}), WORKBOOK)  # fmt: skip
add("acts-dde-link.xlsx", "a program as the source of a cell",
    lambda: packed(excel() | {"xl/a.xml": b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'}), OBJECT, HONEST_ROWS)  # fmt: skip
add("acts-linked-named.xlsx", "a linked workbook that only its own part names",
    lambda: packed(excel() | {"xl/a.xml": b'<externalLink xmlns="urn:a"><externalBook/></externalLink>'}), WORKBOOK, HONEST_ROWS)  # fmt: skip


# --- Formulas ---------------------------------------------------------------------------------------------------------


def formula(text: str) -> bytes:
    return sheet(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>')


FORMULAS = {
    "dde": "cmd|'/c calc'!A0",
    "dde-letters": "cmd&#124;'/c calc'!A0",
    "web": 'IF(1,_xlfn.WEBSERVICE ("http://127.0.0.1:9/"&amp;A2))',
    "image": '_xlfn.IMAGE("http://127.0.0.1:9/")',
    "feed": 'RTD("a.b",,"c")',
    "share": r"'\\127.0.0.1\[a.xlsx]S'!A1",
    "call": 'CALL("kernel32","WinExec","JCJ","calc",0)',
}
for _name, _text in FORMULAS.items():
    add(
        f"acts-formula-{_name}.xlsx",
        f"a formula: {_text}",
        lambda t=_text: packed(excel(sheet1=formula(t))),
        FORMULA,
        [[1]],
    )  # type: ignore[misc]
add("acts-formula-name.xlsx", "a name that stands for a call",
    lambda: packed(excel(book=book().replace(b"</sheets>", b"</sheets><definedNames><definedName name='a'>cmd|'/c calc'!A0</definedName></definedNames>"))), FORMULA, HONEST_ROWS)  # fmt: skip
add("acts-formula-rule.xlsx", "a rule of colours that calls",
    lambda: packed(excel(sheet2=sheet("").replace(b"</worksheet>", b"<conditionalFormatting sqref='A1'><cfRule type='expression'><formula>RTD(1)</formula></cfRule></conditionalFormatting></worksheet>"))), FORMULA, HONEST_ROWS)  # fmt: skip

# --- Files in files ---------------------------------------------------------------------------------------------------

add("acts-chart.docx", "a chart whose table calls a program",
    lambda: packed(word(**{"word/embeddings/a.xlsx": packed(excel(sheet1=formula(FORMULAS["dde"])))})), FORMULA)  # fmt: skip
add("acts-chart-ole.docx", "a chart whose table has an object",
    lambda: packed(word(**{"word/embeddings/a.xlsx": packed(excel() | {"xl/a.bin": OLE})})), INSIDE)  # fmt: skip
add("acts-chart-twice.docx", "a table in a table in a document",
    lambda: packed(word(**{"word/embeddings/a.xlsx": packed(excel() | {"xl/embeddings/b.xlsx": packed(excel())})})), INSIDE)  # fmt: skip
add("acts-document.docx", "a document in a document",
    lambda: packed(word(**{"word/embeddings/a.docx": packed(word())})), INSIDE)  # fmt: skip
add(
    "acts-pdf.xlsx",
    "a PDF under the name of a picture",
    lambda: packed(excel() | {"xl/media/a.png": b"%PDF-1.7\n"}),
    INSIDE,
)
add(
    "acts-program.xlsx",
    "a program under the name of a picture",
    lambda: packed(excel() | {"xl/media/a.png": b"MZ\x90\0"}),
    INSIDE,
)
add("acts-packed-twice.docx", "an object, packed once more",
    lambda: packed(word(**{"word/embeddings/a.bin": packed({"oleObject1.bin": OLE})})), INSIDE)  # fmt: skip
