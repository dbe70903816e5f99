"""What Word and Excel files may be: the new formats without macros, locks, objects and links that load something.

What the package says of itself is read here; what its texts and formulas do, in a process of its own (common.inspector).
"""

import io
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _
from lxml import etree

from common.files.asking import refuse_what_is_found
from common.files.zip_safety import Refused, broken, open_package, read, refuse_entities

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_LISTED = 2 * 1024 * 1024  # bytes of a list of types or links
MOST_EMBEDDED = 20 * 1024 * 1024  # bytes of the workbooks that belong to charts, unpacked once

# The last word of a link's kind → what it brings along, wherever it points to.
KINDS_OF_LINKS = {
    **dict.fromkeys(("oleobject", "control", "activexcontrol", "activexcontrolbinary"), "object"),
    **dict.fromkeys(("extensibility", "usercustomization", "attachedtoolbars", "webextension"), "object"),
    **dict.fromkeys(("webextensiontaskpanes", "connections", "querytable", "afchunk", "subdocument"), "object"),
    **dict.fromkeys(("externallink", "externallinkpath", "xlpathmissing", "xlstartup", "xllibrary"), "workbook"),
}


def sentences() -> dict[str, str]:
    """What is said to a word of the look inside."""
    return {
        "object": _(
            "The file contains an object or a connection that acts by itself (OLE, ActiveX, add-in, query). Put a picture"
            " in its place or take it out, save it under a new name (Save As) and choose that."
        ),
        "workbook": _(
            "The file takes values from another workbook. Break the links (Data, Edit Links), save it under a new name"
            " (Save As) and choose that."
        ),
        "file": _(
            "The file carries another file inside. Hand that in by itself, take it out and save this one under a new name"
            " (Save As)."
        ),
        "field": _(
            "A field of the file runs or fetches something (DDE, INCLUDEPICTURE, LINK …). Turn the fields into text"
            " (Ctrl+A, Ctrl+Shift+F9), save it under a new name (Save As) and choose that."
        ),
        "formula": _(
            "A formula of the file runs or fetches something. Turn it into its value, save it under a new name (Save As)"
            " and choose that."
        ),
        "picture": _(
            "The file loads a picture from elsewhere. Paste the picture itself, save it under a new name (Save As) and"
            " choose that."
        ),
    }


def inspect(file: IO[bytes], ending: str) -> None:
    """Raises Refused for what `look_into` refuses, and for texts and formulas that act; `file` lies on the disk."""
    look_into(file, ending).close()
    refuse_what_is_found(file, ending, sentences())


def look_into(file: IO[bytes], ending: str, *, inside: bool = False) -> zipfile.ZipFile:
    """The package of a docx or xlsx, opened and looked through; raises Refused. `inside`: it lies in another one."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(OLE):
        raise Refused(old_or_locked(file, ending))
    if not start.startswith(b"PK\x03\x04"):
        raise Refused(not_what_it_says(ending))
    package = open_package(file)
    refuse_entities(package)
    listed = tree(read(package, "[Content_Types].xml", MOST_LISTED))
    types = {(e.get("ContentType") or "").lower() for e in listed.iter("{*}Override", "{*}Default")}
    if any("macro" in t or "vba" in t for t in types) or _has_macros(package):
        raise Refused(_("The file contains macros. Save it without macros (.%(ending)s).") % {"ending": ending})
    if f"{MAIN[ending]}.main+xml" not in types:
        raise Refused(not_what_it_says(ending))
    _refuse_links_that_load(package)
    _refuse_files_inside(package, inside)
    return package


def not_what_it_says(ending: str) -> str:
    return _("The name ends in .%(ending)s, but the content is something else.") % {"ending": ending}


def old_or_locked(file: IO[bytes], ending: str) -> str:
    """The sentence for a compound file: a new format under a password, or an old format under a new name."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read(4 * 1024 * 1024):
        return _("The file is protected by a password. Take the password away and save it again.")
    return _("The file has the old format of Office 97–2003. Save it as .%(ending)s.") % {"ending": ending}


def parser() -> etree.XMLParser:
    """Of small parts: no entities, no network, no huge trees."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def tree(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError):
        raise broken()


def _has_macros(package: zipfile.ZipFile) -> bool:
    return any("vbaproject" in name.lower() or "/macrosheets/" in name.lower() for name in package.namelist())


def _refuse_links_that_load(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.lower().endswith(".rels"):
            continue
        for link in tree(read(package, name, MOST_LISTED)).iter("{*}Relationship"):
            kind, target = (link.get("Type") or "").rstrip("/").rpartition("/")[2], link.get("Target") or ""
            if found := KINDS_OF_LINKS.get(kind.lower()):
                raise Refused(sentences()[found])
            outside = (link.get("TargetMode") or "").strip().lower() == "external" or _is_address(target)
            if outside and kind.lower() != "hyperlink":
                raise Refused(
                    _("The file loads something from elsewhere (%(kind)s: %(target)s). Embed it or take it out.")
                    % {"kind": kind[:40], "target": target[:60]}
                )


def _is_address(target: str) -> bool:
    return "://" in target or target.startswith(("\\\\", "//")) or target.lower().startswith(("file:", "mhtml:"))


def _refuse_files_inside(package: zipfile.ZipFile, inside: bool) -> None:
    """By how they begin: an object of Office 97 (OLE, ActiveX, Visual Basic), a program, a document. A chart brings its
    table along, which is looked into like any other workbook."""
    left = MOST_EMBEDDED
    for part in package.infolist():
        try:
            with package.open(part) as f:
                start = f.read(8)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
            raise broken()
        if start.startswith(OLE) or "/activex/" in part.filename.lower():
            raise Refused(sentences()["object"])
        if start.startswith((b"MZ", b"%PDF", b"{\\rtf", b"Rar!", b"7z", b"\x7fELF")):
            raise Refused(sentences()["file"])
        if start.startswith(b"PK"):
            left -= part.file_size
            try:
                if left < 0 or inside:
                    raise broken()
                look_into(io.BytesIO(read(package, part.filename, MOST_EMBEDDED)), "xlsx", inside=True).close()
            except Refused:
                raise Refused(sentences()["file"])
