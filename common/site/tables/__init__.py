"""Lists as tables: what a list shows is declared once (columns, kinds), and asked page by page.

A room's `tables.py` declares; a view hands over a queryset:

    table = VentureTable.matching(queries.ventures(user, wanted), request, KIND)

and its page includes `common/table.html`.
"""

from common.site.tables.columns import (
    Buttons,
    Code,
    Column,
    Count,
    Day,
    Link,
    Minute,
    Money,
    Own,
    Period,
    Points,
    State,
    Text,
)
from common.site.tables.table import Table

__all__ = [
    "Buttons",
    "Code",
    "Column",
    "Count",
    "Day",
    "Link",
    "Minute",
    "Money",
    "Own",
    "Period",
    "Points",
    "State",
    "Table",
    "Text",
]
