"""Comma-separated values as Excel, WPS and others write them in China."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from common.files.zip_safety import Refused
from common.spreadsheets.limits import WIDEST, too_wide
from common.text import clean

DELIMITERS = ",;\t"
LONGEST_CELL = 32_767  # characters, as in Excel


def text_of(content: bytes) -> str:
    """The text of UTF-8 (with or without mark), UTF-16 or GB18030 (of which GBK is a part); raises Refused."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content[:2000]:
        # UTF-16 without its mark: in a table at least the separators have an empty half.
        return _decoded(content, "utf-16-le" if b",\x00" in content or b"\t\x00" in content else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise Refused(_("The file is no table of text in UTF-8, UTF-16 or GBK. Save it as .xlsx or as “CSV UTF-8”."))
    return text


def rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Number and cells of each line of the table (a quoted cell may hold several lines of text)."""
    text = text_of(content)
    csv.field_size_limit(LONGEST_CELL * 4)  # of the process; what is longer than a cell of Excel is told below
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if len(cells) > WIDEST:
                raise too_wide(number, WIDEST, WIDEST)
            yield number, [clean(cell) or None for cell in cells]
    except csv.Error:
        raise Refused(
            _("Behind row %(row)s the quotation marks do not close or a cell has more than %(most)s characters.")
            % {"row": number, "most": f"{LONGEST_CELL:,}"}
        )


def _delimiter(text: str) -> str:
    """Of those that occur outside of quotation marks in the first line, the most frequent."""
    counts, quoted = dict.fromkeys(DELIMITERS, 0), False
    for character in text[:10_000]:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "\r\n":
            break
        elif not quoted and character in counts:
            counts[character] += 1
    return max(counts, key=lambda d: counts[d])
