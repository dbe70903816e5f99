"""What stands in a workbook and its author does not see: filtered or hidden rows, hidden columns, hidden sheets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from common.wording import listed

SIZE = re.compile(r"\d{1,6}(\.\d{1,20})?")
MOST_NAMED = 8  # runs of rows, and sheets

TRUE = {"1", "true"}
NO_SIZE = 0.5  # points, or widths of a letter: nobody sees that


def own_sheets() -> set[str]:
    """What our templates hide themselves: lists of choices, in the language of who fetched it."""
    names = set()
    for language, __ in settings.LANGUAGES:
        with translation.override(language):
            names.add(_("Choices"))
    return names


@dataclass
class Hidden:
    """Filled while a table is read: sheets by name, and of the table that is read the rows and columns in which something
    stands, as Excel counts them."""

    sheets: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.sheets or self.rows or self.columns)

    def told(self) -> list[str]:
        """A sentence for each kind."""
        said = []
        if self.rows:
            named = _runs(self.rows, str)
            said.append(_("Hidden rows in which something stands: %(rows)s.") % {"rows": named})
        if self.columns:
            named = _runs(sorted(self.columns), get_column_letter)
            said.append(_("Hidden columns in which something stands: %(columns)s.") % {"columns": named})
        if self.sheets:
            named = _listed(self.sheets)
            said.append(_("Hidden sheets, which are not read: %(sheets)s.") % {"sheets": named})
        return said


def is_hidden(element: Any, size: str) -> bool:
    """Whether a row or a column is hidden: said so, or drawn with a `size` (height, width) of nothing."""
    given = element.get(size) or ""
    return element.get("hidden") in TRUE or (bool(SIZE.fullmatch(given)) and float(given) < NO_SIZE)


def _runs(numbers: Sequence[int], name: Any) -> str:
    """5–8, 12."""
    runs = [[n for __, n in run] for __, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return _listed([name(run[0]) if len(run) == 1 else f"{name(run[0])}–{name(run[-1])}" for run in runs])


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown: Iterable[str] = names[:MOST_NAMED]
    return listed(shown) + (_(" and %(n)s more") % {"n": more} if more > 0 else "")
