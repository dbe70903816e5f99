"""A file of the corpus: what it is, and what the house says to it. The modules beside this one add theirs to `SAMPLES`."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

TAKEN = ""  # nothing is said: the file is stored
DAMAGED = "damaged or incomplete"
OTHERWISE = "but the content is something else"
DTD = "defines its own names"
PASSWORD = "protected by a password"
MACROS = "contains macros"
OUTSIDE = "points outside"
HEAVY = "more time or memory than documents need"
UNPACKED = "Unpacked, the file has"


@dataclass(frozen=True)
class Sample:
    """`stored`: words of the refusal when it is handed in where documents and tables are taken ("" = it is stored).
    `rows`: what a table reads as, or words of the refusal; None where the file is no table."""

    name: str
    what: str
    make: Callable[[], bytes]
    stored: str
    rows: str | list[list[Any]] | None = None

    def __str__(self) -> str:
        return self.name


SAMPLES: list[Sample] = []
HONEST_ROWS = [["名称", "金额"], ["项目", Decimal("12.5")]]


def add(
    name: str, what: str, make: Callable[[], bytes], stored: str, rows: str | list[list[Any]] | None = None
) -> None:
    if rows is None and stored and name.endswith((".xlsx", ".csv")):
        rows = stored  # who hands it in as a table hears the same
    SAMPLES.append(Sample(name, what, make, stored, rows))
