"""What in a PDF acts by itself or is another file: one word, a key of `common.files.inspection.sentences`, or none.

qpdf reads the document as readers do: names spelled with numbers, any line end, packed lists of objects behind any
filters. Every object is looked at, wherever it is referred to from.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

MEGABYTE = 1024 * 1024
MOST_INFLATED = 16 * MEGABYTE  # bytes of lists of objects that no table names
MOST_LISTS = 5_000
MOST_XML = MEGABYTE  # of the data inside an electronic invoice: some 20 KB

ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
    "/GoToR": "opens",
    "/GoToE": "opens",
    "/Thread": "opens",
    "/Rendition": "film",
    "/Movie": "film",
    "/Sound": "film",
    "/RichMediaExecute": "film",
    "/GoTo3DView": "film",
}
KEYS = {"/JS": "script", "/JavaScript": "script", "/XFA": "form", "/RichMediaContent": "film", "/Collection": "file"}
KINDS = {"/RichMedia": "film", "/Movie": "film", "/Sound": "film", "/Screen": "film", "/3D": "film"}
BY_ITSELF = ("/OpenAction", "/AA")  # what happens without a click
# In a dictionary as qpdf writes it, none of these is left out and no letter is spelled otherwise.
WORTH_A_LOOK = re.compile(
    b"|".join(
        re.escape(name.encode()) + rb"(?![A-Za-z0-9])"
        for name in (*ACTIONS, *KEYS, *KINDS, *BY_ITSELF, "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/URI", "/Ref")
    )
)  # fmt: skip
# Readers disagree on what such an object says.
AMBIGUOUS = re.compile(r"duplicated key|ended prematurely|expected dictionary key|unknown token|treating unexpected|invalid character|too many errors")  # fmt: skip
ACTING_ADDRESS = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
REFERENCE = re.compile(rb"\b\d{1,10}\s{1,5}\d{1,5}\s{1,5}R\b")


class Found(Exception):
    """What makes the document refused; `str(found)` is the word."""


def set_limits() -> None:
    """What qpdf may unpack; beyond it the document is given up. Of this process, once."""
    most = 64 * MEGABYTE
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100, flate_max_memory=most, run_length_max_memory=most, png_max_memory=most,
        tiff_max_memory=most, max_stream_filters=10, doc_max_warnings=5_000, parser_max_container_size_damaged=1_000_000,
    )  # fmt: skip


def word_for(path: Path) -> str:
    exceeded = pikepdf.settings.qpdf_limit_errors()
    try:
        inspect(path.read_bytes())
    except Found as found:
        return str(found)
    except (MemoryError, RecursionError):
        raise
    except pikepdf.PasswordError:
        return "protected"
    except Exception:  # whatever a damaged document makes the library say
        return "packed" if pikepdf.settings.qpdf_limit_errors() > exceeded else "damaged"
    return "packed" if pikepdf.settings.qpdf_limit_errors() > exceeded else ""


def inspect(content: bytes) -> None:
    """Raises Found, or what the library raises."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        Look(pdf).at_all()
        tabled = {e.offset for e in pdf.get_xref_table().values() if e.type == 1}
    if content.count(b"obj") - content.count(b"endobj") <= len(tabled):
        return
    # There are objects that the table of contents does not name. Readers that do not trust the table see them; so do we.
    try:
        # qpdf looks for objects at the beginning of lines.
        untabled = content.replace(b"startxref", b"start----").replace(b"endobj ", b"endobj\n")
        pdf = pikepdf.open(io.BytesIO(untabled))
    except pikepdf.PdfError:
        return  # without the table nobody can read it
    with pdf:
        Look(pdf).at_all(lists_too=True)


class Look:
    """One way to read the document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.carried: dict[tuple[int, int], Any] = {}  # embedded files
        self.carries = False  # says that there are some

    def at_all(self, *, lists_too: bool = False) -> None:
        if self.pdf.is_encrypted or "/Encrypt" in self.pdf.trailer:
            raise Found("protected")
        left = MOST_INFLATED
        for n, listed in enumerate(self.lists()) if lists_too else ():
            left -= len(listed)
            if left <= 0 or n >= MOST_LISTS:
                raise Found("packed")
            try:
                self.at(pikepdf.Object.parse(b"[" + REFERENCE.sub(b"null", listed) + b"]"))
            except pikepdf.PdfError:
                raise Found("unclear")
        for thing in self.pdf.objects:
            if thing is not None:
                self.at(thing)
        self.at(self.pdf.trailer)
        if any(AMBIGUOUS.search(str(warning)) for warning in self.pdf.get_warnings()):
            raise Found("unclear")
        self.at_carried()

    def lists(self) -> Iterator[bytes]:
        """The packed lists of objects, inflated."""
        for thing in self.pdf.objects:
            if isinstance(thing, Stream) and thing.get("/Type") == "/ObjStm":
                try:
                    inflated = thing.read_bytes()
                except pikepdf.PdfError:
                    raise Found("packed")
                yield inflated[max(0, int(thing.get("/First", 0))) :] if inflated else b""

    def at(self, thing: Any) -> None:
        """At one object with all that is written in it; not at what it refers to, whose turn comes anyway."""
        if isinstance(thing, Stream):
            if "/F" in thing.stream_dict:
                raise Found("opens")  # its content lies in another file
            if thing.get("/Type") == "/EmbeddedFile":
                self.carried[thing.objgen] = thing
            thing = thing.stream_dict
        elif isinstance(thing, Name) and str(thing) in ACTIONS:
            raise Found(ACTIONS[str(thing)])  # an action that refers to its own name
        elif not isinstance(thing, (Dictionary, Array)):
            return
        if not WORTH_A_LOOK.search(thing.unparse(resolved=True)):
            return
        open_ = [thing]
        while open_:
            it = open_.pop()
            if isinstance(it, Dictionary):
                self.at_dictionary(it)
            values = it.values() if isinstance(it, Dictionary) else it
            open_ += [v for v in values if isinstance(v, (Dictionary, Array)) and not v.is_indirect]

    def at_dictionary(self, it: Any) -> None:
        for key in it:
            if key in KEYS:
                raise Found(KEYS[key])
        kind, says = it.get("/Subtype"), it.get("/S")
        if isinstance(says, Name) and str(says) in ACTIONS:
            raise Found(ACTIONS[str(says)])
        if isinstance(kind, Name) and str(kind) in KINDS:
            raise Found(KINDS[str(kind)])
        if isinstance(it.get("/URI"), String) and ACTING_ADDRESS.match(str(it["/URI"])):
            raise Found("script")
        if isinstance(it.get("/Ref"), Dictionary) and "/F" in it["/Ref"]:
            raise Found("opens")  # a page of another document
        for key in BY_ITSELF:
            if _calls(it.get(key)):
                raise Found("opens")
        if kind == "/FileAttachment" or "/EmbeddedFiles" in it:
            self.carries = True
        if "/EF" in it:
            self.carries = True
            inner, names = it["/EF"], [it[key] for key in ("/F", "/UF") if key in it]
            if not all(isinstance(name, String) and str(name).lower().endswith(".xml") for name in names):
                raise Found("file")
            for stream in inner.values() if isinstance(inner, Dictionary) else ():
                if not isinstance(stream, Stream):
                    raise Found("file")
                self.carried[stream.objgen] = stream

    def at_carried(self) -> None:
        """An electronic invoice carries its data: one small plain XML, let through. Anything else is refused."""
        if not self.carries and not self.carried:
            return
        if len(self.carried) != 1 or not all(map(is_plain_xml, self.carried.values())):
            raise Found("file")


def _calls(action: Any, depth: int = 10) -> bool:
    """Whether what happens by itself goes to an address; `action` is an action, a table of actions, or a place."""
    if not isinstance(action, (Dictionary, Array)) or depth == 0:
        return depth == 0
    if isinstance(action, Array):
        return any(_calls(a, depth - 1) for a in action if isinstance(a, Dictionary) and "/S" in a)
    if "/S" in action:
        return action.get("/S") == "/URI" or ("/Next" in action and _calls(action["/Next"], depth - 1))
    return any(_calls(a, depth - 1) for a in action.values() if isinstance(a, Dictionary) and "/S" in a)


class _NotPlain(Exception):
    """More than data."""


def is_plain_xml(stream: Any) -> bool:
    """Whether it is XML whole, without definitions (DTD) and instructions, and neither page, drawing nor Office file."""
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return False
    if len(content) > MOST_XML:
        return False
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*__: Any) -> None:
        raise _NotPlain

    def element(name: str, __: Any) -> None:
        if re.search(r"xhtml|/svg|XSL/|microsoft|office|^html$|^script$|^svg$|xfa", name, re.IGNORECASE):
            raise _NotPlain

    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = element
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _NotPlain, ValueError, LookupError):
        return False
    return True
