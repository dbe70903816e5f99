"""A look into Office packages (zip) before anything reads them: nothing is unpacked to the disk, little to memory.

Every function raises `Refused` with a sentence, or comes back.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, NoReturn
from xml.parsers import expat

from django.utils.translation import gettext as _

from common.files.names import in_megabytes

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes, of all parts together
MOST_DIRECTORY = 4 * 1024 * 1024  # bytes of the list of parts, which Python reads whole
MOST_PROLOG = 64 * 1024  # bytes of XML before its first element
# Parts that are programs or archives; pictures, fonts, embedded tables and the like may stand in a package.
FORBIDDEN_PARTS = frozenset(
    ["exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "jar", "lnk", "reg", "sh", "py", "php", "html", "htm", "svg", "swf", "zip", "rar", "7z", "gz", "tar", "iso"]
)  # fmt: skip
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")


class Refused(Exception):
    """The file is not taken; `str(error)` is the sentence that says why."""


def broken() -> Refused:
    return Refused(_("The file is damaged or incomplete. Open it, save it again and choose it once more."))


def open_package(file: IO[bytes], *, most_unpacked: int = MOST_UNPACKED) -> zipfile.ZipFile:
    """The package, after its list of parts was looked through: sizes, names, overlaps, methods.

    `zipfile` reads at most the size that the list states for a part, so the sum stated is the most that can come out.
    """
    _refuse_huge_directory(file)
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, EOFError, struct.error, OSError):
        raise broken()
    parts = package.infolist()
    if len(parts) > MOST_ENTRIES:
        raise Refused(
            _("The file consists of %(count)s parts; more than %(most)s are not taken.")
            % {"count": f"{len(parts):,}", "most": f"{MOST_ENTRIES:,}"}
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most_unpacked:
        raise Refused(
            _("Unpacked, the file has %(size)s; more than %(most)s are not taken.")
            % {"size": in_megabytes(unpacked), "most": in_megabytes(most_unpacked)}
        )
    _check_names(parts)
    _check_places(file, parts)
    return package


def _refuse_huge_directory(file: IO[bytes]) -> None:
    # Python reads the list of parts whole and makes an object of each before anybody can count them.
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise broken()
    __, _d, _dd, _here, entries, directory, _at, _c = _END.unpack_from(tail, at)
    if tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):  # zip64 is for more than 4 GB or 65,535 parts
        raise Refused(_("The file is of a kind for very large archives (zip64) that is not taken."))
    if directory > MOST_DIRECTORY:
        raise Refused(
            _("The file consists of %(count)s parts; more than %(most)s are not taken.")
            % {"count": f"{entries:,}", "most": f"{MOST_ENTRIES:,}"}
        )
    file.seek(0)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.filename
        path = PurePosixPath(name)
        outside = name.startswith("/") or ".." in path.parts or "\\" in part.orig_filename or ":" in name
        link = stat.S_ISLNK(part.external_attr >> 16)
        if outside or link or "\x00" in part.orig_filename:
            raise Refused(_("A part of the file points outside of it (“%(name)s”).") % {"name": name[:60]})
        if name.lower() in seen:
            raise Refused(_("Two parts of the file have the same name (“%(name)s”).") % {"name": name[:60]})
        seen.add(name.lower())
        if path.suffix.lower().lstrip(".") in FORBIDDEN_PARTS:
            raise Refused(
                _("The file contains another file, “%(name)s”, of a kind that is not taken.") % {"name": path.name[:60]}
            )


def _check_places(file: IO[bytes], parts: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes are how a small file becomes a huge one; methods that only few programs know."""
    end = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.flag_bits & 1:
            raise Refused(_("The file is protected by a password. Take the password away and save it again."))
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused(
                _("The file is packed in a way that Office does not use. Save it again in Excel, Word or WPS.")
            )
        if part.header_offset < 0:
            raise broken()
        file.seek(part.header_offset)
        header = file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise broken()
        *__, packed, unpacked, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        if part.header_offset < end:
            raise Refused(_("Parts of the file overlap. Save it again in Excel, Word or WPS."))
        if not part.flag_bits & 8 and (packed, unpacked) != (part.compress_size, part.file_size):
            raise broken()  # the list says another size than the part itself
        end = part.header_offset + _LOCAL_HEADER.size + name_length + extra_length + part.compress_size


def read(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part whole, of at most `most` bytes."""
    try:
        if package.getinfo(name).file_size > most:
            raise Refused(
                _("The part “%(name)s” of the file has %(size)s; more than %(most)s are not taken.")
                % {
                    "name": name[:60],
                    "size": in_megabytes(package.getinfo(name).file_size),
                    "most": in_megabytes(most),
                }
            )
        return package.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
        raise broken()


def refuse_entities(package: zipfile.ZipFile) -> None:
    """No part may define its own names (DTD): Office writes none, attacks live on them. Reads each part up to its
    first element only."""
    for part in xml_parts(package):
        try:
            with package.open(part) as f:
                if not _starts_well(f):
                    raise Refused(
                        _("The part “%(name)s” of the file defines its own names (DTD), which Office never does.")
                        % {"name": part.filename[:60]}
                    )
        except (
            expat.ExpatError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            LookupError,
            ValueError,
            RuntimeError,
            OSError,
        ):
            raise broken()


def xml_parts(package: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for part in package.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield part


class _Begun(Exception):
    """The first element is reached."""


class _Defined(Exception):
    """A document type is declared."""


def _starts_well(f: IO[bytes]) -> bool:
    parser = expat.ParserCreate()

    def begun(*args: object) -> NoReturn:
        raise _Begun

    def defined(*args: object) -> NoReturn:
        raise _Defined

    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = defined
    read_so_far = 0
    try:
        while chunk := f.read(4096):
            parser.Parse(chunk, False)
            read_so_far += len(chunk)
            if read_so_far > MOST_PROLOG:
                return False
        parser.Parse(b"", True)
    except _Begun:
        return True
    except _Defined:
        return False
    return False
