"""A table of the round that a card of its set-up keeps: typed, checked and stored as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.text import clean
from rounds.models import Round

LONGEST_LIST = 60  # rows of one table of the set-up
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Table:
    """`related`: the round's name for its rows; `once`: the column that no two rows may share, if there is one; `counted`: what a copy of
    the round takes along, in words; `prefix`: what the names of its cells begin with."""

    related: str
    columns: tuple[str, ...]
    counted: Any
    once: str = "label"
    prefix: str = "row"
    reads: str = ""  # what the card's check reads, when it is more than the rows

    def rows_of(self, round_: Round) -> list[dict[str, Any]]:
        """As they are stored. One query."""
        return [{c: getattr(row, c) for c in self.columns} for row in getattr(round_, self.related).all()]

    def replace(self, round_: Round, rows: Rows) -> None:
        """Store these rows in their order instead of those that are there. Raises Invalid at the cell (`row-2-label`)."""
        check_length(rows)
        manager = getattr(round_, self.related)
        model = manager.model
        numbered = any(f.name == "ordinal" for f in model._meta.concrete_fields)
        made = []
        for n, given in enumerate(rows, 1):
            values = {c: clean(v) if isinstance(v, str) else v for c, v in given.items() if c in self.columns}
            new = model(round=round_, **values, **({"ordinal": n} if numbered else {}))
            check_fields(new, exclude=("round",), prefix=f"{self.prefix}-{n}-")
            made.append(new)
        self.check_rows(round_, made)
        # No application hangs on these rows before the call opens: the whole table is written anew.
        manager.all().delete()
        model.objects.bulk_create(made)

    def check_rows(self, round_: Round, rows: Sequence[Any]) -> None:
        """What the rows may not be to each other and to the facts of the round. Raises Invalid at the cell."""
        there: set[Any] = set()
        for n, row in enumerate(rows if self.once else (), 1):
            value = getattr(row, self.once)
            if value in there:
                sentence = _("“%(value)s” stands there twice.") % {"value": value}
                raise Invalid({f"{self.prefix}-{n}-{self.once}": [sentence]})
            there.add(value)

    def copy(self, source: Round, new: Round) -> None:
        """The rows of another round, in the same order."""
        manager = getattr(source, self.related)
        columns = [f.attname for f in manager.model._meta.concrete_fields if f.name not in {"id", "round"}]
        rows = manager.order_by(*manager.model._meta.ordering or ["pk"])
        manager.model.objects.bulk_create(manager.model(round=new, **{c: getattr(r, c) for c in columns}) for r in rows)


def check_length(rows: Rows) -> None:
    if len(rows) > LONGEST_LIST:
        raise Invalid(_("%(n)s rows are too many; at most %(max)s.") % {"n": len(rows), "max": LONGEST_LIST})


def check_fields(row: Model, *, exclude: tuple[str, ...] = (), prefix: str = "") -> None:
    """What the columns can not hold is refused at its field."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as e:
        raise Invalid({f"{prefix}{name}": sentences for name, sentences in e.message_dict.items()}) from None
