"""One cleaner for everything people type, paste or send in a file."""

import re
import unicodedata
from decimal import Decimal

# Ends of lines and of paragraphs as other systems write them.
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# What nobody sees and what no database, XML, page or e-mail can hold or show as it was meant.
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and newline
    "\u00ad\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, space of no width, marks of direction
    "\u115f\u1160\u3164\uffa0"  # fillers: letters that are empty
    "\u202a-\u202e\u2060-\u206f"  # overrides and isolates of direction, joiners, invisible operators
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"  # noncharacters, byte order mark, annotations, places of objects
    "\U000e0000-\U000e007f"  # tags: a second, invisible alphabet
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
# Joiners, variation selectors and blanks mean something only beside a character that is seen.
_SEEN = re.compile("[^\\s\u200c\u200d\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def clean(text: str) -> str:
    """Without what nobody sees: control characters, lone surrogates, noncharacters, tags, fillers, overrides of
    direction; newlines as \\n; stripped. Text in which nothing is left to see is empty.

    Full-width punctuation, ——, 《》 and inner spaces are part of a Chinese title and stay; so do rare characters (𠮷),
    private ones, joined emoji and variation selectors. Nothing is normalized: NFC would exchange characters that
    stand in people's names for others, NFKC would also change figures and signs.
    """
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).strip()
    return text if _SEEN.search(text) else ""


def masked(account: str) -> str:
    """An account number for display: the last 4 digits, the rest as asterisks. Short or empty ones show nothing."""
    shown = account[-4:] if len(account) >= 8 else ""
    return "*" * (len(account) - len(shown)) + shown


def half_width(text: str) -> str:
    """Codes and numbers as typed with a Chinese keyboard: full-width letters and digits become half-width."""
    return unicodedata.normalize("NFKC", clean(text)).replace(" ", "").upper()


def plain(number: Decimal) -> str:
    """10.00 → 10, 12.50 → 12.5."""
    return f"{number.normalize():f}"
