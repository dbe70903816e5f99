"""A table of the set-up: a row editor whose rows the action counts and checks once more."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.site.row_editor import RowEditor, RowForm, row_editor
from rounds.readiness import LONGEST_LIST


class CardRow(RowForm):
    """A row of a card's table."""

    @classmethod
    def shown(cls, stored: Mapping[str, Any]) -> dict[str, Any]:
        """A stored row as the fields show it."""
        return dict(stored)


class CardTable(RowEditor):
    """The table of a card: bound to what was sent, or made from stored rows."""

    is_numbered = True
    sum_of = ""  # the column whose numbers have to add up to 100

    def __init__(
        self, data: Any = None, *, stored: Iterable[Mapping[str, Any]] = (), initial: Any = None, prefix: str = "row"
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial or [self.form.shown(row) for row in stored])

    def tell(self, fields: Mapping[str, Iterable[str]]) -> None:
        """Put what the action refused ("row-2-label") to its cell; it counts the rows that are given from 1."""
        for key, sentences in fields.items():
            __, n, name = key.split("-", 2)
            row = self.given[int(n) - 1]
            for sentence in sentences:
                row.add_error(name if name in row.fields else None, sentence)


def card_table(
    row: type[CardRow], title: Any, hint: Any = "", *, is_ordered: bool = True, **said: Any
) -> type[CardTable]:
    """The class of a card's table."""
    made: type[CardTable] = row_editor(
        row, CardTable, most=LONGEST_LIST, is_ordered=is_ordered, title=title, hint=hint, **said
    )
    return made
