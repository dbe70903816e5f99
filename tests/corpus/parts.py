"""The bricks of the corpus: small honest files, and tools to make dishonest ones of them. Nothing random, no dates."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

Parts = dict[str, bytes]


def types(main: str, part: str) -> bytes:
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" ContentType="{main}"/></Types>'
    ).encode()


def links(*targets: tuple[str, str], external: bool = False) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_REL}">{rows}</Relationships>'.encode()


def sheet(rows: str, before: str = "") -> bytes:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'.encode()


def strings(*texts: str) -> bytes:
    return f'{HEAD}<sst xmlns="{MAIN}">{"".join(f"<si><t>{t}</t></si>" for t in texts)}</sst>'.encode()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = f'<row r="1">{inline("A1", "名称")}{inline("B1", "金额")}</row><row r="2">{inline("A2", "项目")}<c r="B2"><v>12.5</v></c></row>'


def book(sheets: str = '<sheet name="表" sheetId="1" r:id="rId1"/>', properties: str = "", doctype: str = "") -> bytes:
    return (
        f'{HEAD}{doctype}<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{sheets}</sheets></workbook>'
    ).encode()


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>'
).encode()


def excel(rows: str = ROWS, **changes: bytes | None) -> Parts:
    """The parts of a workbook; `sheet1=…`, `book=…`, `styles=…`, `strings=…`, `types=…`, `links=…` replace one."""
    parts: dict[str, bytes | None] = {
        "[Content_Types].xml": changes.pop("types", types(SHEET_TYPE, "xl/workbook.xml")),
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changes.pop("book", book()),
        "xl/_rels/workbook.xml.rels": changes.pop(
            "links",
            links(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
            ),
        ),
        "xl/worksheets/sheet1.xml": changes.pop("sheet1", sheet(rows)),
        "xl/worksheets/sheet2.xml": changes.pop("sheet2", sheet("")),
        "xl/styles.xml": changes.pop("styles", STYLES),
        "xl/sharedStrings.xml": changes.pop("strings", strings("共享")),
    }
    assert not changes
    return {name: content for name, content in parts.items() if content is not None}


def word(body: str = "", **more: bytes) -> Parts:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {
        "[Content_Types].xml": types(WORD_TYPE, "word/document.xml"),
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{w}"><w:body><w:p>{body}</w:p></w:body></w:document>'.encode(),
        **more,
    }


# --- Packing ----------------------------------------------------------------------------------------------------------


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary zip of the parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as z:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (2020, 12, 7, 14, 0, 0))
            info.compress_type = method
            z.writestr(info, part)
    return content.getvalue()


@dataclass
class Entry:
    """One part of a zip, every field as it shall be written, true or not."""

    name: str
    data: bytes  # as it lies in the file
    size: int  # unpacked
    crc: int = 0
    method: int = 8
    flags: int = 0x800
    mode: int = 0
    listed_size: int | None = None  # what the list of parts says instead
    same_place_as: str = ""  # listed where this other one lies


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def entry(name: str, content: bytes, **fields: object) -> Entry:
    return Entry(name, deflated(content), len(content), zlib.crc32(content), **fields)  # type: ignore[arg-type]


def blanks(name: str, megabytes: int, before: bytes = b"", after: bytes = b"", filler: bytes = b" ") -> Entry:
    """A part of so many megabytes of one filler in a few kilobytes, made without ever having them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = filler * (1024 * 1024 // len(filler))
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    data = head + once + again * (megabytes - 1) + packer.compress(after) + packer.flush()
    crc = zlib.crc32(before)
    for __ in range(megabytes):
        crc = zlib.crc32(block, crc)
    return Entry(name, data, len(before) + len(block) * megabytes + len(after), zlib.crc32(after, crc))


def raw_zip(entries: list[Entry]) -> bytes:
    """A zip written by hand, lies included."""
    body, directory, places = bytearray(), bytearray(), {}
    for e in entries:
        name = e.name.encode("utf-8", "surrogateescape")
        if e.same_place_as:
            places[e.name] = places[e.same_place_as]
        else:
            places[e.name] = len(body)
            body += struct.pack(
                "<4s5H3L2H",
                b"PK\x03\x04",
                20,
                e.flags,
                e.method,
                0x7000,
                0x5187,
                e.crc,
                len(e.data),
                e.size,
                len(name),
                0,
            )
            body += name + e.data
        size = e.size if e.listed_size is None else e.listed_size
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x0314, 20, e.flags, e.method, 0x7000, 0x5187, e.crc, len(e.data), size,
            len(name), 0, 0, 0, 0, e.mode << 16, places[e.name],
        ) + name  # fmt: skip
    count = min(len(entries), 0xFFFF)
    return bytes(body + directory) + struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0
    )


def with_entry(parts: Mapping[str, bytes], *more: Entry) -> bytes:
    """A workbook or document of honest parts, and these; an entry replaces the part of its name."""
    replaced = {e.name for e in more}
    return raw_zip([entry(name, content) for name, content in parts.items() if name not in replaced] + list(more))


# --- PDF, pictures, compound files ------------------------------------------------------------------------------------


def pdf(catalog: str = "", objects: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    """A page of nothing; `catalog` goes into its catalogue, `objects` behind the page."""
    content, offsets = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for n, text in enumerate(
        (
            f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ),
        1,
    ):
        offsets.append(len(content))
        content += f"{n} 0 obj\n{text}\nendobj\n".encode()
    content += objects
    at = len(content)
    table = "".join(f"{o:010d} 00000 n \n" for o in offsets)
    content += f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{at}\n".encode()
    return content + end


def pdf_stream(dictionary: str, content: bytes, number: int = 9) -> bytes:
    packed_ = zlib.compress(content, 9)
    return (
        f"{number} 0 obj\n<<{dictionary}/Filter/FlateDecode/Length {len(packed_)}>>\nstream\n".encode()
        + packed_
        + b"\nendstream\nendobj\n"
    )


def locked_pdf(password: str) -> bytes:
    """A page of nothing that only somebody with the password may read, or, without one, may change."""
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(content, encryption=pikepdf.Encryption(owner="owner", user=password))
    return content.getvalue()


def png(width: int = 2, height: int = 2, *chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0))
    pixels = zlib.compress((b"\0" + b"\xb3\x26\x1e" * 2) * 2)
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + b"".join(chunk(k, d) for k, d in chunks)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def jpg(width: int = 2, height: int = 2, comment: bytes = b"", end: bytes = b"\xff\xd9") -> bytes:
    """Marks and sizes of a JPEG; its one line of data is not a picture that anybody decodes here."""
    content = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    if comment:
        content += b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    content += b"\xff\xc0" + struct.pack(">HB2HB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return content + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x37" + end


def compound(*names: str) -> bytes:
    """What begins like a file of Office 97–2003 and has entries of these names."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entries.ljust(1024, b"\0")
