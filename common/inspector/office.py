"""What in a Word or Excel file runs or fetches something when it is opened: one word, a key of
`common.files.office.sentences`, or none.

Fields, formulas, objects and drawings are read part by part; what the package says of itself (types, links, names) was
looked at before, in `common.files.office`. Workbooks inside, as charts have them, are read the same way.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import IO, Any

from lxml import etree

MOST_XML = 30 * 1024 * 1024  # bytes of all parts, unpacked: a sheet of half a million cells

VML = "{urn:schemas-microsoft-com:vml}*"
OBJECTS = ("{*}OLEObject", "{*}oleObject", "{*}ddeLink", "{*}oleLink", "{*}altChunk", "{*}subDoc")
FORMULAS = ("{*}f", "{*}formula", "{*}formula1", "{*}formula2", "{*}definedName")
FIELDS = ("{*}fldSimple", "{*}fldChar", "{*}instrText", "{*}delInstrText")

# Fields that run a program or fetch a file when the document is opened or brought up to date.
ACTING = frozenset(
    ["DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD"]
)
NAME_OF_FIELD = re.compile(r'[\s"]*([A-Za-z]+)')
TEXT = re.compile(r'"[^"]*"')
WORTH_A_LOOK = re.compile(r"[|(/\\]")
TRUE = ("1", "true")
SHEET = re.compile(r"'[^']*'")
# A bar between program and topic is DDE: nothing else in a formula has one.
CALLS = re.compile(
    r"\||\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|SQL\.REQUEST|EVALUATE)\s*\(", re.IGNORECASE
)
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]+:|\\\\|//)", re.IGNORECASE)
PICTURES = ("imagedata", "fill", "stroke", "image")
SOURCES = ("src", "href", "althref")


class Found(Exception):
    """What makes the file refused; `str(found)` is the word."""


def word_for(path: Path) -> str:
    try:
        with path.open("rb") as f:
            inspect(f)
    except Found as found:
        return str(found)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # whatever a damaged file makes the libraries say
        return "damaged"
    return ""


def inspect(file: IO[bytes], *, inside: bool = False) -> None:
    """Raises Found."""
    left = MOST_XML
    with zipfile.ZipFile(file) as package:
        for part in package.infolist():
            with package.open(part) as f:
                start = f.read(64)
            if start.startswith(b"PK"):
                if inside:
                    raise Found("file")
                inspect(io.BytesIO(package.read(part)), inside=True)
            elif is_xml(part.filename, start):
                left -= part.file_size
                if left < 0:
                    raise Found("heavy")
                with package.open(part) as f:
                    look_through(f)


def is_xml(name: str, start: bytes) -> bool:
    """By name or by how it begins: a part may be called anything."""
    return name.lower().endswith((".xml", ".vml", ".rels")) or start.lstrip(
        b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
    ).startswith(b"<")


def look_through(f: IO[bytes]) -> None:
    fields = Fields()
    tree = etree.parse(f, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    for element in tree.iter(*FORMULAS):
        read_formula(element)
    if next(tree.iter(*OBJECTS), None) is not None:
        raise Found("object")
    if next(tree.iter("{*}externalBook"), None) is not None:
        raise Found("workbook")
    for element in tree.iter(VML):
        read_drawing(element)
    for element in tree.iter(*FIELDS):
        fields.read(etree.QName(element).localname, element)
    fields.end()


def read_formula(element: Any) -> None:
    text = "".join(element.itertext()) if len(element) else element.text or ""
    if WORTH_A_LOOK.search(text):
        text = TEXT.sub("", text)  # without what is only said
        if CALLS.search(SHEET.sub("", text)) or "://" in text or "\\\\" in text:
            raise Found("formula")
    if element.get("xlm") in TRUE or element.get("vbProcedure") in TRUE:
        raise Found("formula")


def read_drawing(element: Any) -> None:
    """An old drawing (VML) may name its picture by an address instead of a part."""
    if etree.QName(element).localname in PICTURES:
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname in SOURCES and ELSEWHERE.match(value):
                raise Found("picture")


class Fields:
    """The fields of one part. Their instructions may be cut into many pieces, and stand in each other."""

    def __init__(self) -> None:
        self.open: list[Field] = []

    def read(self, name: str, element: Any) -> None:
        def attribute(wanted: str) -> str:
            return next((v for a, v in element.attrib.items() if etree.QName(a).localname == wanted), "")

        if name == "fldSimple":
            Field(attribute("instr")).judge()
        elif name != "fldChar":
            if not self.open:
                self.open.append(Field())
            self.open[-1].instruction += element.text or ""
        elif attribute("fldCharType") == "begin":
            if self.open and not self.open[-1].judged and not self.open[-1].instruction.strip():
                raise Found("field")  # a field whose name another one computes
            self.open.append(Field())
        elif self.open:
            self.open[-1].judge()
            if attribute("fldCharType") == "end":
                self.open.pop()

    def end(self) -> None:
        for field in self.open:
            field.judge()


class Field:
    def __init__(self, instruction: str = "") -> None:
        self.instruction = instruction
        self.judged = False

    def judge(self) -> None:
        """Its instruction is whole: raises Found for one that acts."""
        self.judged = True
        name = NAME_OF_FIELD.match(self.instruction)
        if name and name[1].upper() in ACTING:
            raise Found("field")
