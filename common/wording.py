"""How the parts of a sentence are put together, in the marks of the reader's language: “甲、乙” and “A, B”."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import ngettext, pgettext_lazy

MARKS = {
    ",": pgettext_lazy("mark", ", "),
    ";": pgettext_lazy("mark", "; "),
    ".": pgettext_lazy("mark", "."),
    ":": pgettext_lazy("mark", ": "),
    "(": pgettext_lazy("mark", " ("),
    ")": pgettext_lazy("mark", ")"),
    "list": pgettext_lazy("between the parts of a list", ", "),
}


def listed(parts: Iterable[Any]) -> str:
    """甲、乙、丙."""
    return str(MARKS["list"]).join(map(str, parts))


def clauses(parts: Iterable[Any]) -> str:
    """甲未办理；乙已办理."""
    return str(MARKS[";"]).join(map(str, parts))


def sentences(parts: Iterable[Any]) -> str:
    """Whole sentences, one after the other: with a blank between them in English only."""
    return (" " if str(MARKS["."]).isascii() else "").join(filter(None, map(str, parts)))


def labelled(label: Any, text: Any) -> str:
    """标签：内容."""
    return f"{label}{MARKS[':']}{text}"


def in_minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def in_hours(n: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}


def in_days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def bracketed(text: Any) -> str:
    """（内容）, to stand behind a word."""
    return f"{MARKS['(']}{text}{MARKS[')']}"
