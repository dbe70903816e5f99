"""A table of the set-up: a row editor whose rows the action counts and checks once more."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.site.row_editor import RowEditor, RowForm, row_editor
from rounds.cards.table import LONGEST_LIST


class CardTable(RowEditor):
    """The table of a card: bound to what was sent, or made from stored rows."""

    is_numbered = True
    sum_of = ""  # the column whose numbers have to add up to 100

    def __init__(
        self, data: Any = None, *, stored: Iterable[dict[str, Any]] = (), initial: Any = None, prefix: str = "row"
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial or self.shown(list(stored)))

    @classmethod
    def shown(cls, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Stored rows as the page shows them."""
        return stored

    @property
    def kept(self) -> list[Any]:
        """The rows that are stored, as the action counts them."""
        return self.given

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.kept]

    def tell(self, fields: Mapping[str, Iterable[str]]) -> None:
        """Put what the action refused ("row-2-label") to its cell; it counts the rows from 1."""
        for key, sentences in fields.items():
            __, n, name = key.rsplit("-", 2)
            row = self.kept[int(n) - 1]
            for sentence in sentences:
                row.add_error(name if name in row.fields else None, sentence)


def card_table(
    row: type[RowForm],
    title: Any,
    hint: Any = "",
    base: type[CardTable] = CardTable,
    *,
    is_ordered: bool = True,
    **said: Any,
) -> type[CardTable]:
    """The class of a card's table."""
    made: type[CardTable] = row_editor(
        row, base, most=LONGEST_LIST, is_ordered=is_ordered, title=title, hint=hint, **said
    )
    return made
