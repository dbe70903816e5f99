"""Names of files as people gave them, made safe to store, show and send."""

import math
import re
import unicodedata

from django.utils.translation import gettext as _

from common.text import clean

NAME_LENGTH = 120  # characters, ending included
ENDING_LENGTH = 10
_FORBIDDEN = re.compile(r'[<>:"|?*\n\t]+')  # Windows can not store them; a header line would end at them
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")


def clean_name(name: str) -> str:
    """The name without folders, control characters and what Windows can not store; at most NAME_LENGTH characters,
    the ending always kept. Composed (NFC), because macOS takes é apart."""
    name = re.split(r"[/\\]", name)[-1]
    name = _FORBIDDEN.sub("_", clean(unicodedata.normalize("NFC", name))).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > ENDING_LENGTH or not ending.isascii():
        stem, ending = name, ""
    stem = stem.strip(". ") or _("File")
    if _RESERVED.match(stem + "."):
        stem = f"_{stem}"
    tail = f".{ending}" if ending else ""
    return stem[: NAME_LENGTH - len(tail)].rstrip() + tail


def ending_of(name: str) -> str:
    """`pdf` of 证书.PDF; "" if there is none."""
    __, dot, ending = clean_name(name).rpartition(".")
    return ending.lower() if dot and len(ending) <= ENDING_LENGTH else ""


def in_megabytes(size: int) -> str:
    """3.2 MB; below 0.1 MB in KB. Rounded up, so that what is larger than a limit also reads larger."""
    if size < 100 * 1024:
        return f"{math.ceil(size / 1024)} KB"
    return f"{math.ceil(size * 10 / 1024 / 1024) / 10:,.1f}".removesuffix(".0") + " MB"
