"""A cheap look into PDFs and pictures: whole, of the kind they say, nothing that acts by itself. Nothing is decoded."""

import os
import re
import struct
import zlib
from typing import IO

from django.utils.translation import gettext as _

from common.files.office import not_what_it_says
from common.files.zip_safety import Refused, broken

# --- PDF --------------------------------------------------------------------------------------------------------------

MOST_INFLATED = 16 * 1024 * 1024  # bytes of packed object lists that are looked into
TAIL = 2048  # bytes at the end in which readers look for the end mark


def _name(word: str) -> bytes:
    """A pattern of a PDF name, any letter of which may be written as #xx."""
    return b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (c, c, c) for c in word.encode())


_ACTS = re.compile(b"|".join(_name(w) for w in ("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "Encrypt")))
_PACKED_OBJECTS = re.compile(_name("ObjStm"))
_STREAM = re.compile(rb"stream\r?\n")
MOST_LISTS = 5_000


def inspect_pdf(file: IO[bytes]) -> None:
    """Raises Refused for what is no PDF, is cut off, runs scripts or programs, or carries other files."""
    file.seek(0)
    content = file.read()
    if not content.startswith(b"%PDF-"):
        raise Refused(not_what_it_says("pdf"))
    if b"%%EOF" not in content[-TAIL:]:
        raise broken()
    for part in (content, *_packed_objects(content)):
        if found := _ACTS.search(part):
            raise Refused(_sentence_of(found.group()))


def _sentence_of(name: bytes) -> str:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name)
    return {
        b"/JavaScript": _("The PDF contains a script. Print it to a new PDF and hand that in."),
        b"/Launch": _("The PDF starts a program. Print it to a new PDF and hand that in."),
        b"/EmbeddedFile": _("The PDF carries another file inside. Hand that in by itself."),
        b"/RichMedia": _("The PDF plays sound or film. Print it to a new PDF and hand that in."),
        b"/Encrypt": _("The PDF is protected. Save it without password and restrictions."),
    }[plain]


def _packed_objects(content: bytes) -> list[bytes]:
    """The inflated lists of objects (PDF 1.5), where names can not be seen from outside."""
    left, found = MOST_INFLATED, []
    for n, mark in enumerate(_PACKED_OBJECTS.finditer(content)):
        stream = _STREAM.search(content, mark.end(), mark.end() + 1000)
        if not stream:
            continue
        end = content.find(b"endstream", stream.end())
        try:
            inflated = zlib.decompressobj().decompress(content[stream.end() : end if end > 0 else None], left)
        except zlib.error:
            continue  # Packed by a rare method; its objects stay unseen, as they do for a virus scanner.
        left -= len(inflated)
        if left <= 0 or n >= MOST_LISTS:
            raise Refused(
                _("The PDF is packed more tightly than documents are. Print it to a new PDF and hand that in.")
            )
        found.append(inflated)
    return found


# --- Pictures ---------------------------------------------------------------------------------------------------------

LONGEST_SIDE = 20_000  # pixels
MOST_PIXELS = 120_000_000
MOST_MARKS = 10_000  # parts of a picture that are walked through
PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}


def inspect_png(file: IO[bytes]) -> None:
    """Raises Refused for what is no PNG, is cut off, goes on behind its end, or would be huge when shown."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(8) != PNG:
        raise Refused(not_what_it_says("png"))
    header = file.read(25)
    if len(header) < 25 or header[4:8] != b"IHDR":
        raise broken()
    _check_pixels(*struct.unpack(">2L", header[8:16]))
    at = 33
    for __ in range(MOST_MARKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            raise broken()
        length, kind = struct.unpack(">L4s", head)
        at += 12 + length
        if at > size:
            raise broken()
        if kind == b"IEND":
            if at != size:
                raise Refused(_("Something is appended to the picture. Save it again in a picture program."))
            return
    raise broken()


def inspect_jpg(file: IO[bytes]) -> None:
    """Raises Refused for what is no JPEG, is cut off, or would be huge when shown."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(3) != b"\xff\xd8\xff":
        raise Refused(not_what_it_says("jpg"))
    file.seek(max(0, size - TAIL * 32))  # phones append a preview or a short film
    if b"\xff\xd9" not in file.read():
        raise broken()
    at = 2
    for __ in range(MOST_MARKS):
        file.seek(at)
        head = file.read(9)
        if len(head) < 9 or head[0] != 0xFF:
            raise broken()
        if head[1] == 0xFF or head[1] in _WITHOUT_LENGTH:
            at += 1 if head[1] == 0xFF else 2
        elif head[1] in _FRAMES:
            height, width = struct.unpack(">2H", head[5:9])
            _check_pixels(width, height)
            return
        elif head[1] in {0xD9, 0xDA}:
            raise broken()  # the picture begins or ends before its size was told
        else:
            at += 2 + int.from_bytes(head[2:4], "big")
    raise broken()


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise broken()
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(
            _("The picture has %(width)s × %(height)s pixels; at most %(side)s a side and %(all)s in all are taken.")
            % {
                "width": f"{width:,}",
                "height": f"{height:,}",
                "side": f"{LONGEST_SIDE:,}",
                "all": f"{MOST_PIXELS:,}",
            }
        )
