"""What a text is found by. Pure: no database here.

Folding: full width = half width, capitals = small, accents, punctuation and blanks do not count; so 《“爱在身边”农村》
is found by 爱在身边农村 and HC2020-001 by ｈｃ２０２０００１. Of Chinese every character and every pair is a gram; of
Latin letters and digits, which come in long codes, every three in a row, and the first one and two of a run.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Beginnings of runs are marked by a blank, so that “HC” is looked for where a run begins and not inside a code.
_RUN_START = re.compile("(?<![0-9a-z])(?=[0-9a-z])")
_PIECE = re.compile("[0-9a-z]+|[^0-9a-z \n]+")
_RUN = re.compile("[0-9a-z]+")
_BITS = 18  # of one character: what lies above (planes 4 to 16) are no letters
MOST_GRAMS = 16  # asked of the index for one query; the text itself is compared in full afterwards


@lru_cache(maxsize=20_000)
def fold(character: str) -> str:
    """The letters and digits that a character stands for; "" for punctuation, blanks, marks, what nobody sees."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(c for c in folded if ord(c) < 1 << _BITS and _counts(unicodedata.category(c)))


def _counts(category: str) -> bool:
    return category[0] in "LN" or category == "Co"  # rare characters of names may be private ones


def folded(text: str) -> str:
    return _RUN_START.sub(" ", "".join(map(fold, text)))


def haystack(fields: Iterable[str]) -> str:
    """The fields of a thing as they are stored for comparing; no word reaches from one into the next."""
    return "\n".join(filter(None, map(folded, fields)))


def grams_of(text: str) -> set[str]:
    """Every gram under which a haystack is indexed."""
    found: set[str] = set()
    for piece in _PIECE.findall(text):
        if _RUN.match(piece):
            found.update((piece[:1], piece[:2]), _slices(piece, 3))
        else:
            found.update(piece, _slices(piece, 2))
    return found


def _slices(piece: str, n: int) -> Iterator[str]:
    return (piece[i : i + n] for i in range(len(piece) - n + 1))


# --- Queries ----------------------------------------------------------------------------------------------------------


def needles_of(query: str) -> list[str]:
    """The words of a query as they are looked for in haystacks, each once. [] when there is nothing to look for."""
    found = []
    for word in query.split():
        needle = folded(word)
        # A run of three and more is found anywhere, like a Chinese word; a shorter one where a run begins.
        if not (len(needle) < 4 and _RUN.fullmatch(needle[1:])):
            needle = needle.lstrip()
        found.append(needle)
    return list(dict.fromkeys(filter(None, found)))


def grams_for(needles: Iterable[str]) -> list[str]:
    """Grams that every match has; of many, some that lie evenly."""
    found = list(dict.fromkeys(g for needle in needles for g in _grams_for(needle)))
    step = -(-len(found) // MOST_GRAMS) or 1
    return found[::step]


def _grams_for(needle: str) -> Iterator[str]:
    for piece in _PIECE.finditer(needle):
        word, run = piece.group(), _RUN.match(piece.group())
        if run and len(word) >= 3:
            yield from _slices(word, 3)
        elif not run and len(word) >= 2:
            yield from _slices(word, 2)
        elif not run or piece.start():  # a short run that the query begins with may be the end of a longer one
            yield word


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text as it is shown: (from, to) in rising order, none overlapping."""
    plain, places = "", []
    for place, character in enumerate(text):
        for c in fold(character):
            plain += c
            places.append(place)
    found: list[tuple[int, int]] = []
    for needle in needles_of(query):
        word = needle.replace(" ", "")
        at = plain.find(word)
        while at >= 0:
            if not needle.startswith(" ") or not _RUN.match(plain[at - 1 : at]):
                found.append((places[at], places[at + len(word) - 1] + 1))
            at = plain.find(word, at + 1)
    return _merged(found)


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# --- As numbers -------------------------------------------------------------------------------------------------------


def packed(kind: int, gram: str) -> int:
    """The kind (below 512) and up to three characters in the 63 bits of a positive bigint; never two alike."""
    number = kind
    for nth in range(3):
        number = number << _BITS | (ord(gram[nth]) if nth < len(gram) else 0)
    return number
