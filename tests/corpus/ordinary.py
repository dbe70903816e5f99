"""Ordinary files of every day, as scanners, browsers, typst, Word, Excel and WPS write them. All of them must get through.

What LibreOffice, typst and Chromium really write is in tests/common/test_files_ordinary.py.
"""

import io
import zlib
from collections.abc import Callable

import openpyxl
import pikepdf
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from pikepdf import Array, Dictionary, Name, String

from tests.corpus.hostile_office import around, field
from tests.corpus.hostile_pdfs import XML, invoice
from tests.corpus.parts import HEAD, excel, jpg, links, packed, png, word
from tests.corpus.sample import TAKEN, add

# --- PDF --------------------------------------------------------------------------------------------------------------

Change = Callable[[pikepdf.Pdf], None]


def nothing(document: pikepdf.Pdf) -> None:
    """A page of nothing."""


def scanned(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        picture = document.make_stream(
            zlib.compress(b"\xff" * 300 * 400), Type=Name.XObject, Subtype=Name.Image, Width=300, Height=400,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode,
        )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")


def photographed(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(
        jpg(300, 400), Type=Name.XObject, Subtype=Name.Image, Width=300, Height=400, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=picture))


def recognized(document: pikepdf.Pdf) -> None:
    """A scan with an invisible text that speaks of scripts."""
    scanned(document)
    document.pages[0].Contents = document.make_stream(b"BT 3 Tr (HTML/CSS/JavaScript /Launch /JS /EmbeddedFile) Tj ET")


def linked(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/?a=javascript:b"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = Array([document.make_indirect(link)])


def with_contents(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("前端 HTML/CSS/JavaScript", 0))
        outline.root.append(pikepdf.OutlineItem("/Launch (EmbeddedFile)", 0))


def opened_at(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]))


def form(document: pikepdf.Pdf) -> None:
    """A form to be filled in, with a button that empties it."""
    text = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("名称"), Rect=[0, 0, 9, 9])
    reset = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("清空"), Rect=[9, 9, 19, 19],
        A=Dictionary(S=Name.ResetForm),
    )  # fmt: skip
    fields = Array([document.make_indirect(text), document.make_indirect(reset)])
    document.pages[0].Annots = fields
    document.Root.AcroForm = Dictionary(Fields=fields, DA=String("/Helv 0 Tf 0 g"))


def signed(document: pikepdf.Pdf) -> None:
    signature = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"), ByteRange=[0, 1, 2, 3],
        Contents=String(b"\x30\x80" * 2000),
    )  # fmt: skip
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, V=document.make_indirect(signature), Rect=[0] * 4
    )
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(widget)]), SigFlags=3)


def tagged(document: pikepdf.Pdf) -> None:
    element = Dictionary(Type=Name.StructElem, S=Name.P, P=document.Root)
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=document.make_indirect(element))
    document.Root.MarkInfo = Dictionary(Marked=True)


def layered(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("水印")))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def described(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as data:
        data["dc:title"] = "登记证书 /JavaScript"
    document.docinfo["/Title"] = "登记证书"


def shown(document: pikepdf.Pdf) -> None:
    """A page that fades in, with a remark."""
    document.pages[0].Trans = Dictionary(S=Name.Dissolve)
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=4, Contents=String("已阅"))
    document.pages[0].Annots = Array([document.make_indirect(remark)])


CONTENTS = (nothing, scanned, photographed, recognized, linked, with_contents, opened_at, form, signed, tagged, layered,
            described, shown)  # fmt: skip
WAYS: dict[str, dict[str, object]] = {
    "1.4": {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "force_version": "1.4"},
    "lists": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "web": {"linearize": True},
    "open": {"qdf": True},
}


def pdf_of(content: Change, pages: int = 1, **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        content(document)
        document.save(target, static_id=True, **how)  # type: ignore[arg-type]
    return target.getvalue()


for _content in CONTENTS:
    for _way, _how in WAYS.items():
        add(f"ordinary-{_content.__name__}-{_way}.pdf", f"{_content.__name__}, written {_way}",
            lambda c=_content, h=_how: pdf_of(c, **h), TAKEN)  # type: ignore[misc]  # fmt: skip


def annotated(content: bytes) -> bytes:
    """Saved once more by a reader, which appends what is new."""
    at = content.rindex(b"startxref\n") + 10
    before, where = int(content[at:].split()[0]), len(content)
    number = 900
    row = f"{number} 1\n{where:010d} 00000 n \n"
    return content + (
        f"{number} 0 obj\n<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>\nendobj\n".encode()
        + f"xref\n{row}trailer\n<</Size 901/Root 1 0 R/Prev {before}>>\nstartxref\n".encode()
        + f"{where + len(f'{number} 0 obj') + 53}\n%%EOF\n".encode()
    )


add("ordinary-300-pages.pdf", "a scan of 300 pages", lambda: pdf_of(scanned, 300, linearize=True), TAKEN)
add("ordinary-annotated.pdf", "a remark in an update", lambda: annotated(pdf_of(nothing, **WAYS["1.4"])), TAKEN)
add("ordinary-behind.pdf", "blanks behind the end", lambda: pdf_of(nothing) + b"\r\n" * 100, TAKEN)
add("ordinary-shifted.pdf", "a table that is off by two bytes, as some scanners write it",
    lambda: pdf_of(scanned, **WAYS["1.4"]).replace(b"%PDF-1.4\n", b"%PDF-1.4\n%\n", 1), TAKEN)  # fmt: skip
add("ordinary-invoice.pdf", "an electronic invoice with its data", lambda: invoice(XML.encode()), TAKEN)
add("ordinary-factur-x.pdf", "an invoice of the European kind",
    lambda: invoice(b"<rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>", "factur-x.xml"), TAKEN)  # fmt: skip

# --- Workbooks --------------------------------------------------------------------------------------------------------


def workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    for n in range(1, 30):
        book.active.append([f"项目{n}", n * 12.5])
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _formulas(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["C1"], sheet["C2"] = "=SUM(B1:B9)", '=IF(B1>3,"a|b (c) http://example.org",ROUND(B2/3,2))'
    sheet["C3"], sheet["C4"] = '=HYPERLINK("https://example.org/","网站")', "='预算 | 表'!A1&\"|\""
    book.create_sheet("预算 | 表")


def _chart(book: openpyxl.Workbook) -> None:
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=20))
    book.active.add_chart(chart, "E2")


def _choices(book: openpyxl.Workbook) -> None:
    choice = DataValidation(type="list", formula1='"是,否"')
    book.active.add_data_validation(choice)
    choice.add("D1")
    book.active["A1"].font = Font(bold=True)
    book.active.freeze_panes = "A2"


def _linked(book: openpyxl.Workbook) -> None:
    book.active["D1"].hyperlink = "https://example.org/"
    book.active["D2"].hyperlink = "mailto:a@example.org"


def _picture(book: openpyxl.Workbook) -> None:
    from openpyxl.drawing.image import Image

    book.active.add_image(Image(io.BytesIO(pikepdf_png())), "F1")


def pikepdf_png() -> bytes:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(content, "PNG")
    return content.getvalue()


def _plain(book: openpyxl.Workbook) -> None:
    """As it is."""


def _protected(book: openpyxl.Workbook) -> None:
    book.active.protection.enable()
    book.create_sheet("隐藏").sheet_state = "hidden"


for _change in (_plain, _formulas, _chart, _choices, _linked, _picture, _protected):
    add(f"ordinary{_change.__name__.replace('_', '-')}.xlsx", f"a workbook of openpyxl: {_change.__name__[1:]}",
        lambda c=_change: workbook(c), TAKEN)  # type: ignore[misc]  # fmt: skip
add("ordinary-printer.xlsx", "the settings of a printer", lambda: packed(excel() | {"xl/printerSettings/printerSettings1.bin": b"\0" * 200}), TAKEN)  # fmt: skip
add("ordinary-buttons.xlsx", "a box to tick, which is no ActiveX",
    lambda: packed(excel() | {"xl/worksheets/_rels/sheet1.xml.rels": links(("ctrlProp", "../ctrlProps/ctrlProp1.xml")), "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr objectType="CheckBox"/>'}), TAKEN)  # fmt: skip

# --- Documents --------------------------------------------------------------------------------------------------------

BODIES = {
    "text": "<w:r><w:t>爱在身边 DDE LINK INCLUDETEXT javascript</w:t></w:r>",
    "page-number": field(" PAGE "),
    "contents": field(r' TOC \o "1-3" \h \z \u ') + field(r" PAGEREF _Toc1 \h "),
    "hyperlink": field(' HYPERLINK "https://example.org/" '),
    "date": field(r' DATE \@ "yyyy年M月d日" '),
    "sum": field(" = SUM(ABOVE) "),
    "reference": field(r" REF 表1 \h ") + '<w:fldSimple w:instr=" SEQ 图 \\* ARABIC "/>',
    "click-here": field(" MACROBUTTON NoMacro [单击此处输入] "),
    "if": around("IF ", field("PAGE"), ' = 1 "DDE" "LINK"'),
    "old-drawing": '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="https://example.org/"><v:formulas><v:f eqn="if lineDrawn pixelLineWidth 0"/></v:formulas><v:imagedata title="https://example.org/"/></v:shape>',
}  # fmt: skip
for _name, _body in BODIES.items():
    add(f"ordinary-{_name}.docx", f"a document: {_name}", lambda b=_body: packed(word(b)), TAKEN)  # type: ignore[misc]
add("ordinary-picture.docx", "a document with pictures",
    lambda: packed(word(**{"word/media/image1.png": png(), "word/media/image2.jpeg": jpg(), "word/_rels/document.xml.rels": links(("image", "media/image1.png"))})), TAKEN)  # fmt: skip
add("ordinary-chart.docx", "a document with a chart, which has a table inside",
    lambda: packed(word(**{"word/charts/_rels/chart1.xml.rels": links(("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx")), "word/embeddings/Microsoft_Excel_Worksheet.xlsx": packed(excel())})), TAKEN)  # fmt: skip
add("ordinary-links.docx", "links of every kind",
    lambda: packed(word(**{"word/_rels/document.xml.rels": links(("hyperlink", "https://example.org/"), ("hyperlink", "mailto:a@example.org"), ("hyperlink", "旧稿.docx"), external=True)})), TAKEN)  # fmt: skip
add("ordinary-header.docx", "a document with headers and notes",
    lambda: packed(word(**{f"word/{part}.xml": f'{HEAD}<a>{part}</a>'.encode() for part in ("header1", "footer1", "footnotes", "comments", "fontTable")})), TAKEN)  # fmt: skip
