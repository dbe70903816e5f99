"""What Word and Excel files may be: the new formats without macros, locks and links that load something."""

import zipfile
from typing import IO

from django.utils.translation import gettext as _
from lxml import etree

from common.files.zip_safety import Refused, broken, open_package, read, refuse_entities

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_LISTED = 2 * 1024 * 1024  # bytes of a list of types or links
# What a document may point to outside of itself: a reader has to click on it first.
HARMLESS = ("/hyperlink", "/externalLinkPath", "/xlExternalLinkPath/", "/xlPathMissing")


def look_into(file: IO[bytes], ending: str) -> zipfile.ZipFile:
    """The package of a docx or xlsx, opened and looked through; raises Refused."""
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
    if any("macroenabled" in t or "vbaproject" in t for t in types) or _has_macros(package):
        raise Refused(_("The file contains macros. Save it without macros (.%(ending)s).") % {"ending": ending})
    if f"{MAIN[ending]}.main+xml" not in types:
        raise Refused(not_what_it_says(ending))
    _refuse_links_that_load(package)
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
        if not name.endswith(".rels"):
            continue
        for link in tree(read(package, name, MOST_LISTED)).iter("{*}Relationship"):
            kind = link.get("Type") or ""
            if link.get("TargetMode") == "External" and not any(h in kind for h in HARMLESS):
                raise Refused(
                    _("The file loads something from elsewhere (%(kind)s: %(target)s). Embed it or take it out.")
                    % {"kind": kind.rpartition("/")[2][:40], "target": (link.get("Target") or "")[:60]}
                )
