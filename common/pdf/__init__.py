"""Printed matter: a typst template and its data become a PDF. Decision 0028.

What people typed reaches typst as JSON in `sys.inputs.data` and is never markup, so `#`, `$` and `[` are letters.
Fonts come from a wheel and from typst itself, never from the machine: the same data gives the same bytes everywhere.
"""

import json
import logging
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from common.errors import DomainError, Invalid
from common.pdf import glyphs
from common.pdf.press import Broken, Busy, Choked, Press

logger = logging.getLogger(__name__)

# 宋体 and 黑体 of the wheel mplfonts (OFL). It holds other fonts too, not all of them free: templates therefore name
# their fonts and set `fallback: false`.
FONT_PACKAGE, FONT_FILES = "mplfonts", ("NotoSerifCJKsc-Regular.otf", "NotoSansCJKsc-Regular.otf")

MOST = 120_000  # characters of JSON; a full application has some 30,000
TOWER = 8  # accents on one letter; typst takes minutes over some thousand


class CannotPrint(DomainError):
    """Fonts are missing, the template is broken or too many print at once: nothing that the reader did wrong."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("The document cannot be made at the moment. Please try again later, or tell the staff."))


def render(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF that `template` makes of `data`; the same bytes for the same data. Safe in threads, one at a time.

    A character that no font has is printed as 〓; `unprintable` tells which, so that a form can say so before.
    Raises Invalid for more than MOST characters and for text that typst chokes on, CannotPrint when fonts or template
    are broken.
    """
    # A lone surrogate would break the JSON on the other side; common.text.clean has normally removed it.
    text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()
    if len(text) > MOST:
        raise Invalid(
            _("The document has %(n)s characters; at most %(max)s can be printed.") % {"n": len(text), "max": MOST}
        )
    try:
        return _press().print(template, without_towers(glyphs.with_marks(text, _shown())))
    except Choked as error:
        logger.warning("typst gave up on %s: %s", template.name, error)
        raise Invalid(
            _(
                "The document cannot be printed: the text holds long runs of accents or of joined signs. Please remove them."
            )
        ) from error
    except (Broken, Busy) as error:
        logger.exception("%s was not printed", template.name)
        raise CannotPrint from error


def without_towers(text: str) -> str:
    """`text` with a 〓 for all accents on one letter after the first TOWER."""
    if text.isascii():
        return text
    parts, height = [], 0
    for character in text:
        height = height + 1 if unicodedata.category(character)[0] == "M" else 0
        if height <= TOWER:
            parts.append(character)
        elif height == TOWER + 1:
            parts.append(glyphs.MISSING)
    return "".join(parts)


def unprintable(text: str) -> list[str]:
    """The characters of `text` that the paper would show as 〓: emoji, Arabic, Thai, Tibetan, the rarest 汉字 …"""
    return sorted(glyphs.unprintable(text, _shown()))


def is_hanzi(character: str) -> bool:
    """Whether it is a 汉字, the ones of the newest supplements included: a name may have it, and nobody can choose
    another."""
    return unicodedata.name(character, "").startswith("CJK ") or 0x20000 <= ord(character) < 0x40000


@cache
def _press() -> Press:
    return Press(fonts=_font_paths()[0].parent)


@cache
def _shown() -> frozenset[int]:
    """Code points that are on paper what they are on the screen."""
    return glyphs.embedded().union(*map(glyphs.code_points, _font_paths()))


def _font_paths() -> list[Path]:
    try:
        # The package itself is not imported: it wants matplotlib.
        found = {path.name: Path(str(path.locate())) for path in files(FONT_PACKAGE) or () if path.name in FONT_FILES}
    except PackageNotFoundError:
        found = {}
    if missing := [name for name in FONT_FILES if name not in found or not found[name].is_file()]:
        logger.error("fonts for printing are missing: %s (make setup installs requirements-fonts.lock)", missing)
        raise CannotPrint
    return [found[name] for name in FONT_FILES]
