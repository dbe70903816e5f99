"""One cleaner for everything people type."""

import unicodedata

_BIDI = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}


def clean(text: str) -> str:
    """Without control characters, lone surrogates and bidirectional overrides; newlines as \\n; stripped.

    Full-width punctuation, ——, 《》 and inner spaces are part of a Chinese title and stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        c
        for c in text
        if c in "\n\t" or not (unicodedata.category(c) in {"Cc", "Cs"} or ord(c) in _BIDI or c == "\ufeff")
    )
    return "".join(kept).strip()


def half_width(text: str) -> str:
    """Codes and numbers as typed with a Chinese keyboard: full-width letters and digits become half-width."""
    return unicodedata.normalize("NFKC", clean(text)).replace(" ", "").upper()
