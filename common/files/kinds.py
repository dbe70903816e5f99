"""What may be handed in: by ending, by signature and by a look inside, all three."""

from dataclasses import dataclass
from typing import IO

import filetype
from django.utils.translation import gettext as _

from common.files import inspection, office
from common.files.names import ending_of
from common.files.zip_safety import Refused
from common.wording import listed

SIGNATURE = 8192  # bytes that tell the type
ZIP = "application/zip"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": office.MAIN["docx"],
    "xlsx": office.MAIN["xlsx"],
    "csv": "text/csv",
}
ALSO = {"jpeg": "jpg", "jpe": "jpg"}  # other endings of the same kind
INSTEAD = {  # what people have, and what they may save it as
    "doc": "docx", "wps": "docx", "rtf": "docx", "docm": "docx", "dot": "docx", "dotx": "docx", "dotm": "docx",
    "odt": "docx", "pages": "docx", "txt": "docx",
    "xls": "xlsx", "et": "xlsx", "xlsm": "xlsx", "xlsb": "xlsx", "xlt": "xlsx", "xltx": "xlsx", "xltm": "xlsx",
    "ods": "xlsx", "numbers": "xlsx",
    "bmp": "jpg", "gif": "jpg", "webp": "jpg", "heic": "jpg", "tif": "pdf", "tiff": "pdf", "ofd": "pdf", "ppt": "pdf",
    "pptx": "pdf", "dps": "pdf", "svg": "png",
}  # fmt: skip


@dataclass(frozen=True)
class Allowed:
    """The kinds that one upload takes."""

    kinds: tuple[str, ...]

    @property
    def accept(self) -> str:
        """For the attribute of an <input type="file">."""
        others = [other for other, kind in ALSO.items() if kind in self.kinds]
        return ",".join(f".{kind}" for kind in (*self.kinds, *others))

    def __str__(self) -> str:
        return listed(f".{kind}" for kind in self.kinds)


PICTURES = Allowed(("jpg", "png"))
DOCUMENTS = Allowed(("pdf", "docx", "xlsx", "jpg", "png"))
SCANS = Allowed(("pdf", "jpg", "png"))
SHEETS = Allowed(("xlsx", "csv"))


def kind_by_name(name: str, allowed: Allowed) -> str:
    """The kind that the ending says; raises Refused if this upload does not take it."""
    ending = ending_of(name)
    kind = ALSO.get(ending, ending)
    if kind in allowed.kinds:
        return kind
    instead = INSTEAD.get(ending)
    if instead in allowed.kinds:
        raise Refused(
            _("Files ending in .%(ending)s are not taken; save it as .%(instead)s and choose that.")
            % {"ending": ending, "instead": instead}
        )
    if not ending:
        raise Refused(_("The name of the file has no ending. Taken are %(kinds)s.") % {"kinds": allowed})
    raise Refused(
        _("Files ending in .%(ending)s are not taken. Taken are %(kinds)s.") % {"ending": ending, "kinds": allowed}
    )


def look(file: IO[bytes], kind: str) -> None:
    """Compare signature and inside with the kind that the ending said; raises Refused."""
    file.seek(0)
    start = file.read(SIGNATURE)
    guessed = filetype.guess_mime(start)
    if kind in office.MAIN:
        if not start.startswith(office.OLE) and guessed not in {MEDIA_TYPES[kind], ZIP}:
            raise Refused(office.not_what_it_says(kind))
        office.inspect(file, kind)
    elif kind == "csv":
        if guessed is not None:
            raise Refused(office.not_what_it_says(kind))
        from common.spreadsheets.plain import text_of  # which reads files by what is here

        file.seek(0)
        text_of(file.read())
    else:
        if guessed != MEDIA_TYPES[kind]:
            raise Refused(office.not_what_it_says(kind))
        {"pdf": inspection.inspect_pdf, "png": inspection.inspect_png, "jpg": inspection.inspect_jpg}[kind](file)
