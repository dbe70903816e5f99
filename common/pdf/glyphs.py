"""Which characters the fonts of a document can show, read from the fonts themselves."""

import re
import struct
import unicodedata
from pathlib import Path

MISSING = "〓"  # what Chinese and Japanese printers put where they lack a type

# What the fonts inside typst show (DejaVu Sans Mono, Libertinus Serif, New Computer Modern Math): letters with every
# accent, Greek, Cyrillic, signs, arrows, ☑ and ✔. They lie in no file that could be asked; a test prints them all.
EMBEDDED = (
    (0x0104, 0x036F), (0x0374, 0x03CE), (0x0400, 0x0477), (0x1E00, 0x1FFE), (0x2031, 0x205E), (0x2070, 0x20B5),
    (0x2100, 0x2151), (0x2153, 0x2184), (0x219A, 0x23FF), (0x25AC, 0x262E), (0x2638, 0x268B), (0x2690, 0x269C),
    (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727), (0x2729, 0x274B), (0x2758, 0x275E), (0x2761, 0x2775),
    (0x2798, 0x27AF), (0x27B1, 0x27BE),
)  # fmt: skip

# Joiners, marks of direction, variation selectors: they are not drawn, and fonts need not know them.
_UNDRAWN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_TAIL = {chr(point) for point in (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))}


def embedded() -> frozenset[int]:
    return frozenset(
        point
        for first, last in EMBEDDED
        for point in range(first, last + 1)
        if unicodedata.category(chr(point)) != "Cn"
    )


def code_points(font: Path) -> frozenset[int]:
    """All characters of an OpenType font, from the 32-bit table of its cmap (format 12)."""
    with font.open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        directory = {tag: at for tag, at, __ in struct.iter_unpack(">4s4xII", file.read(16 * tables))}
        start = directory[b"cmap"]
        file.seek(start)
        (count,) = struct.unpack(">2xH", file.read(4))
        for offset in [at for __, at in struct.iter_unpack(">II", file.read(8 * count))]:
            file.seek(start + offset)
            kind, groups = struct.unpack(">H10xI", file.read(16))
            if kind == 12:
                ranges = struct.iter_unpack(">III", file.read(12 * groups))
                return frozenset(point for first, last, __ in ranges for point in range(first, last + 1))
    raise ValueError(f"{font.name} has no cmap of format 12")


def unprintable(text: str, shown: frozenset[int]) -> set[str]:
    """The characters of `text` that are drawn and that no font of `shown` has."""
    return {
        character
        for character in set(text)
        if ord(character) not in shown
        and ord(character) not in _SELECTORS
        and unicodedata.category(character) not in _UNDRAWN
    }


def with_marks(text: str, shown: frozenset[int]) -> str:
    """`text` with one 〓 for each character that cannot be shown, joined emoji (👨‍👩‍👧) and letters with marks counting as one."""
    lacking = unprintable(text, shown)
    if not lacking:
        return text
    marks = {character for character in lacking if unicodedata.category(character)[0] == "M"}
    one = _one_of(lacking)
    tail = f"{_one_of(marks | _TAIL)}*"
    return re.sub(f"{one}{tail}(?:\u200d{one}{tail})*", MISSING, text)


def _one_of(characters: set[str]) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(characters)) + "]"
