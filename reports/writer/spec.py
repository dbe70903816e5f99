"""What a sheet is: columns, rows and the words of the frame. Nothing here knows openpyxl."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

Row = Mapping[str, Any]


class Kind(Enum):
    """How a value is kept and printed: (number format, digits at the right)."""

    TEXT = "@"
    WORD = "@ "  # Text that is centred: a state, a grade, a short name.
    INT = "#,##0"
    MONEY = "#,##0.00"
    SCORE = "0.00"
    PERCENT = "0.0%"
    DATE = "yyyy-mm-dd"

    @property
    def number_format(self) -> str:
        return self.value.strip()

    @property
    def is_text(self) -> bool:
        return self.number_format == "@"


class Total(Enum):
    """What stands under a column."""

    NONE = "none"
    SUM = "sum"
    SAME = "same"  # The column's own formula, over the totals of the columns it names.
    MEAN = "mean"


@dataclass(frozen=True)
class Formula:
    """The same computation twice: for Excel, and in Decimal for the cached value that previewers show.

    `excel` names columns of the row in braces, `{awarded}-{paid}`; `value` gets the row's values by the same names
    and returns a number or None (an empty cell).
    """

    excel: str
    value: Callable[[Row], Any]


@dataclass(frozen=True)
class Column:
    """`width` counts half-width characters (a Chinese one is 2). Numbers widen their column as far as they need."""

    key: str
    heading: str
    kind: Kind
    width: float
    group: str = ""
    total: Total = Total.NONE
    formula: Formula | None = None


@dataclass(frozen=True)
class Section:
    """Rows that share a subtotal; a sheet with one unnamed section has none."""

    label: str
    rows: Sequence[Row]


@dataclass
class Sheet:
    """One sheet in the frame of domain notes, section 4. The first column is 序号 and is counted by the writer."""

    name: str
    title: str
    filled_by: str
    as_of: date
    unit: str
    columns: Sequence[Column]
    sections: Sequence[Section]
    total_label: str = "合计"
    label_columns: int = 3
    notes: Sequence[str] = ()
    signatures: Sequence[str] = field(default_factory=tuple)

    @property
    def row_count(self) -> int:
        return sum(len(s.rows) for s in self.sections)


def completed(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    """The row with the values of its formula columns."""
    values = dict(row)
    for column in columns:
        if column.formula is not None:
            values[column.key] = column.formula.value(values)
    return values


def totals(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, Any]:
    """Values of a total row over completed rows; 0 of nothing."""
    values: dict[str, Any] = {}
    for column in columns:
        numbers = [v for r in rows if isinstance(v := r.get(column.key), (int, Decimal))]
        if column.total is Total.SUM:
            values[column.key] = sum(numbers, Decimal("0.00") if column.kind is Kind.MONEY else 0)
        elif column.total is Total.MEAN:
            values[column.key] = rounded(Decimal(sum(numbers)) / len(numbers)) if numbers else Decimal("0.00")
        elif column.total is Total.SAME and column.formula is not None:
            values[column.key] = column.formula.value(values)
    return values


def rounded(number: Decimal, step: str = "0.01") -> Decimal:
    """As Excel's ROUND: half up."""
    return number.quantize(Decimal(step), rounding=ROUND_HALF_UP)
