"""A look into PDFs and pictures: whole, of the kind they say, nothing that acts by itself.

A PDF is read by qpdf (pikepdf) in a process of its own (common.inspector), limited in time and memory. Of pictures only the
marks are read, nothing is decoded.
"""

import os
import struct
from typing import IO

from django.utils.translation import gettext as _

from common.files.asking import refuse_what_is_found
from common.files.office import not_what_it_says
from common.files.zip_safety import Refused, broken

# --- PDF --------------------------------------------------------------------------------------------------------------

TAIL = 2048  # bytes at the end in which readers look for the end mark


def sentences() -> dict[str, str]:
    """What is said to a word of the look inside."""
    return {
        "script": _("The PDF contains a script. Print it to a new PDF and hand that in."),
        "launch": _("The PDF starts a program. Print it to a new PDF and hand that in."),
        "sends": _("The PDF sends or fetches what is filled in. Print it to a new PDF and hand that in."),
        "opens": _("The PDF opens other files or addresses by itself. Print it to a new PDF and hand that in."),
        "film": _("The PDF plays sound or film. Print it to a new PDF and hand that in."),
        "form": _("The PDF is a form that changes by itself (XFA). Print it to a new PDF and hand that in."),
        "file": _("The PDF carries another file inside. Hand that in by itself."),
        "protected": _("The PDF is protected. Save it without password and restrictions."),
        "packed": _("The PDF is packed more tightly than documents are. Print it to a new PDF and hand that in."),
        "unclear": _("Parts of the PDF can be read in two ways. Print it to a new PDF and hand that in."),
    }


def inspect_pdf(file: IO[bytes]) -> None:
    """Raises Refused for what is no PDF, is cut off, acts by itself, or carries other files; `file` lies on the disk."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise Refused(not_what_it_says("pdf"))
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read():
        raise broken()
    refuse_what_is_found(file, "pdf", sentences())


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
