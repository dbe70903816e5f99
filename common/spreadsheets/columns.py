"""The columns of a table that is handed out as a template and read again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from common.spreadsheets.cells import Kind
from common.text import half_width


@dataclass(frozen=True)
class Column:
    """`key` names the value when it is read again. `heading`, `hint` and `choices` are words of the reader's language;
    `width` counts half-width characters (a Chinese one is 2)."""

    key: str
    heading: Any
    kind: Kind = Kind.TEXT
    required: bool = False
    width: float = 16
    hint: Any = ""
    choices: Sequence[Any] = field(default=())


def heading_key(heading: Any) -> str:
    """What makes two headings the same: not the mark of required ones, nor blanks, nor the unit in brackets."""
    return re.sub(r"[\s*]|\(.*?\)", "", half_width(str(heading)))
