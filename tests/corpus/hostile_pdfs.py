"""PDFs that act, hidden in the ways that hide it from who only searches: each feature behind each of some hidings.

What acts hangs on the catalogue or on the page, as readers would find it.
"""

import io
import zlib
from collections.abc import Callable

import pikepdf

from tests.corpus.sample import add

Objects = dict[int, str]

# --- What acts --------------------------------------------------------------------------------------------------------

SCRIPT, OPENS, SENDS, FILM = (
    "contains a script",
    "opens other files or addresses",
    "sends or fetches",
    "plays sound or film",
)
CARRIES, FORM, LAUNCH = "carries another file", "changes by itself (XFA)", "starts a program"
XML = "<?xml version='1.0'?><Invoice><Total>12.50</Total></Invoice>"

# What stands in the catalogue, in the page, and in object 7, and what is said to it.
FEATURES: dict[str, tuple[str, str, str, str]] = {
    "script": ("/OpenAction 7 0 R", "", "<</S/JavaScript/JS(app.alert(1))>>", SCRIPT),
    "script-names": ("/Names<</JavaScript<</Names[(a)7 0 R]>>>>", "", "<</S/JavaScript/JS(app.alert(1))>>", SCRIPT),
    "script-of-page": ("", "/AA<</O 7 0 R>>", "<</S/JavaScript/JS(app.alert(1))>>", SCRIPT),
    "script-next": ("/OpenAction 7 0 R", "", "<</S/GoTo/D[3 0 R/Fit]/Next[<</S/JavaScript/JS(a)>>]>>", SCRIPT),
    "launch": ("", "/Annots[7 0 R]", "<</Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>", LAUNCH),
    "submit": ("/OpenAction 7 0 R", "", "<</S/SubmitForm/F(http://127.0.0.1:9/)>>", SENDS),
    "import": ("/OpenAction 7 0 R", "", "<</S/ImportData/F(a.fdf)>>", SENDS),
    "remote": ("", "/Annots[7 0 R]", "<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(//127.0.0.1/a.pdf)/D[0/Fit]>>>>", OPENS),
    "embedded-place": ("", "/Annots[7 0 R]", "<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToE/T<</R/C/N(a)>>>>>>", OPENS),
    "address": ("/OpenAction 7 0 R", "", "<</S/URI/URI(http://127.0.0.1:9/)>>", OPENS),
    "script-address": ("", "/Annots[7 0 R]", "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>", SCRIPT),
    "xfa": ("/AcroForm 7 0 R", "", "<</Fields[]/XFA[(template)8 0 R]>>", FORM),
    "film": ("", "/Annots[7 0 R]", "<</Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<<>>>>", FILM),
    "sound": ("", "/Annots[7 0 R]", "<</Subtype/Sound/Rect[0 0 9 9]/Sound 8 0 R>>", FILM),
    "attached": ("", "/Annots[7 0 R]", "<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a.exe)/EF<</F 8 0 R>>>>>>", CARRIES),
    "embedded": ("/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>", "", "<</Type/Filespec/F(a.exe)/EF<</F 8 0 R>>>>", CARRIES),
}  # fmt: skip


def objects_of(feature: str) -> Objects:
    catalogue, page, seven, __ = FEATURES[feature]
    return {
        1: f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>{page}>>",
        7: seven,
        8: "<</Length 4>>\nstream\nMZ90\nendstream",
    }


# --- How it is written ------------------------------------------------------------------------------------------------


def written(objects: Objects, end: str = "\n", more: bytes = b"", table: set[int] | None = None) -> bytes:
    """The document with its table, which names the objects in `table` (all)."""
    content, places = f"%PDF-1.7{end}".encode() + b"%\xe2\xe3\xcf\xd3" + end.encode(), {}
    for number, text in objects.items():
        places[number] = len(content)
        content += f"{number} 0 obj{end}{text}{end}endobj{end}".encode("latin-1")
    content += more
    at = len(content)
    rows = [
        f"{places[n]:010d} 00000 n \n" if n in places and (table is None or n in table) else "0000000000 65535 f \n"
        for n in range(10)
    ]
    tail = f"xref\n0 10\n{''.join(rows)}trailer\n<</Size 10/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n"
    return content + (tail.replace("startxref\n", f"startxref{end}").encode())


def saved(objects: Objects, **how: object) -> bytes:
    """As an honest program writes it."""
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(written(objects))) as document:
        document.save(content, **how)  # type: ignore[arg-type]
    return content.getvalue()


def in_list(objects: Objects, filters: str, pack: Callable[[bytes], bytes]) -> bytes:
    """The dictionaries in a list of objects behind filters, with a table that is a stream."""
    inner = {n: text for n, text in objects.items() if "stream" not in text}
    outer = {n: text for n, text in objects.items() if "stream" in text}
    head, body = "", ""
    for number, text in inner.items():
        head += f"{number} {len(body)} "
        body += text + " "
    packed = pack((head + body).encode("latin-1"))
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, text in outer.items():
        places[number] = len(content)
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    places[9] = len(content)
    content += (
        f"9 0 obj\n<</Type/ObjStm/N {len(inner)}/First {len(head)}/Filter{filters}/Length {len(packed)}>>\nstream\n".encode()
        + packed
        + b"\nendstream\nendobj\n"
    )
    at = places[10] = len(content)
    index = list(inner)
    rows = b"".join(
        b"\2" + (9).to_bytes(4) + bytes([index.index(n)])
        if n in inner
        else (b"\1" + places[n].to_bytes(4) + b"\0" if n in places else b"\0" * 6)
        for n in range(11)
    )
    content += (
        f"10 0 obj\n<</Type/XRef/Size 11/W[1 4 1]/Root 1 0 R/Length {len(rows)}>>\nstream\n".encode()
        + rows
        + f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n".encode()
    )
    return content


def spelled(objects: Objects) -> Objects:
    """The second letter of each name that acts as its number."""
    names = ("JavaScript", "JS", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "URI", "XFA", "RichMedia",
             "RichMediaContent", "Sound", "FileAttachment", "EF", "EmbeddedFiles", "OpenAction", "AA")  # fmt: skip
    out = {}
    for number, text in objects.items():
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(f"/{name}", f"/{name[0]}#{ord(name[1]):02x}{name[2:]}")
        out[number] = text
    return out


def spaced(objects: Objects) -> Objects:
    """Comments, tabs and form feeds wherever the format lets them stand."""
    return {
        n: text if "stream" in text else text.replace("/S/", "\t/S%x\r\n\f\0/").replace("<<", "<<\0\t\f%y\r")
        for n, text in objects.items()
    }


def indirect(objects: Objects) -> Objects:
    """The name of the action in an object of its own."""
    for number, text in objects.items():
        for name in ("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "URI"):
            if f"/S/{name}" in text:
                return objects | {number: text.replace(f"/S/{name}", "/S 6 0 R", 1), 6: f"/{name}"}
    return objects


def updated(objects: Objects) -> bytes:
    """An honest document, and what acts in an update behind its end."""
    first = written(objects_of("script") | {7: "null"}, table={1, 2, 3, 7, 8}).replace(
        b"/OpenAction 7 0 R", b"                 "
    )
    content, places = first, {}
    for number, text in objects.items():
        places[number] = len(content)
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    rows = "".join(f"{n} 1\n{place:010d} 00000 n \n" for n, place in places.items())
    before = first.rindex(b"xref\n0 10")
    return content + (
        f"xref\n{rows}trailer\n<</Size 10/Root 1 0 R/Prev {before}>>\nstartxref\n{len(content)}\n%%EOF\n".encode()
    )


def in_hexadecimal(content: bytes) -> bytes:
    return content.hex().encode() + b">"


def run_length(content: bytes) -> bytes:
    pieces = [content[i : i + 128] for i in range(0, len(content), 128)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


def lzw(content: bytes) -> bytes:
    """Nine bits a letter, begun anew before codes grow longer."""
    bits = ""
    for n, letter in enumerate(content):
        bits += ("" if n % 200 else f"{256:09b}") + f"{letter:09b}"
    bits += f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8)


def ascii_85(content: bytes) -> bytes:
    import base64

    return base64.a85encode(content) + b"~>"


HIDINGS: dict[str, Callable[[Objects], bytes]] = {
    "plain": written,
    "spelled": lambda o: written(spelled(o)),
    "spaced": lambda o: written(spaced(o)),
    "carriage-returns": lambda o: written(o, end="\r"),
    "both-ends": lambda o: written(o, end="\r\n"),
    "indirect": lambda o: written(indirect(o)),
    "update": updated,
    "unlisted": lambda o: written(o, table={1, 2, 3, 8}),  # readers that do not trust the table see it
    "no-table": lambda o: written(o).replace(b"startxref", b"%tartxref"),
    "linearized": lambda o: saved(o, linearize=True),
    "generated-lists": lambda o: saved(o, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "flate": lambda o: in_list(o, "/FlateDecode", zlib.compress),
    "flate-spelled": lambda o: in_list(spelled(o), "/Fl#61teDecode", zlib.compress),
    "flate-twice": lambda o: in_list(o, "[/FlateDecode/FlateDecode]", lambda c: zlib.compress(zlib.compress(c))),
    "hexadecimal-flate": lambda o: in_list(o, "[/ASCIIHexDecode/FlateDecode]", lambda c: in_hexadecimal(zlib.compress(c))),
    "ascii85-flate": lambda o: in_list(o, "[/ASCII85Decode /FlateDecode]", lambda c: ascii_85(zlib.compress(c))),
    "run-length": lambda o: in_list(o, "/RunLengthDecode", run_length),
    "lzw": lambda o: in_list(o, "/LZWDecode", lzw),
}  # fmt: skip

_hidings = list(HIDINGS)
for _n, _feature in enumerate(FEATURES):
    # Each feature in six ways, so that each way meets five or more features.
    for _hiding in sorted({_hidings[(_n * 5 + _step * 3) % len(_hidings)] for _step in range(6)}):
        add(
            f"acts-{_feature}-{_hiding}.pdf",
            f"{_feature}, hidden by {_hiding}",
            lambda f=_feature, h=_hiding: HIDINGS[h](objects_of(f)),  # type: ignore[misc]
            FEATURES[_feature][3],
        )

# --- What more there is to it -----------------------------------------------------------------------------------------


def invoice(data: bytes, name: str = "invoice.xml", more: int = 0) -> bytes:
    """An electronic invoice: a page that carries its data."""
    content = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)
        for n in range(more):
            document.attachments[f"{n}.xml"] = pikepdf.AttachedFileSpec(document, data, filename=f"{n}.xml")
        document.save(content, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
    return content.getvalue()


add("acts-two-readings.pdf", "an action that says twice what it does",
    lambda: written(objects_of("script") | {7: "<</S/JavaScript/S/Named/N/NextPage>>"}), "read in two ways")  # fmt: skip
add("acts-beyond-the-table.pdf", "a script that the table does not name, behind a catalogue that it does",
    lambda: written({1: "<</Type/Catalog/Pages 2 0 R>>", **{n: t for n, t in objects_of("script").items() if n != 1}}, table={1, 2, 3, 8}),
    SCRIPT)  # fmt: skip
add("acts-beyond-in-a-line.pdf", "the same, in one line with the object before",
    lambda: written({1: "<</Type/Catalog/Pages 2 0 R>>", **{n: t for n, t in objects_of("script").items() if n != 1}}, table={1, 2, 3, 8}).replace(b"\n7 0 obj", b" 7 0 obj"),
    SCRIPT)  # fmt: skip
add("acts-elsewhere.pdf", "a picture that lies in another file",
    lambda: written(objects_of("film") | {7: "null", 8: "<</Length 0/F(//127.0.0.1/a)>>\nstream\n\nendstream"}), OPENS)  # fmt: skip
add("invoice-two.pdf", "an invoice with two files", lambda: invoice(XML.encode(), more=1), CARRIES)
add("invoice-program.pdf", "a program under the name of an invoice's data", lambda: invoice(b"MZ\x90\0" * 50), CARRIES)
add("invoice-defines.pdf", "an invoice whose data define names",
    lambda: invoice(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), CARRIES)  # fmt: skip
add("invoice-page.pdf", "a page under the name of an invoice's data",
    lambda: invoice(b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"), CARRIES)  # fmt: skip
add("invoice-office.pdf", "an Office file in one XML",
    lambda: invoice(b"<?mso-application progid='Excel.Sheet'?><Workbook/>"), CARRIES)  # fmt: skip
add(
    "invoice-large.pdf",
    "an invoice with 2 MB of data",
    lambda: invoice(b"<a>" + b" " * 2 * 1024 * 1024 + b"</a>"),
    CARRIES,
)
add(
    "invoice-named.pdf",
    "data that a reader would open as a program",
    lambda: invoice(XML.encode(), "invoice.hta"),
    CARRIES,
)
add("acts-address-utf16.pdf", "a script as an address, in UTF-16",
    lambda: written(objects_of("script-address") | {7: "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI<FEFF" + "javascript:a".encode("utf-16-be").hex() + ">>>>>"}), SCRIPT)  # fmt: skip
