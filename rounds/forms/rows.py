"""A table of the set-up that people type through: rows are added, edited, moved and removed, with a script or without.

Each row posts its number under the table's name; the order of those numbers is the order of the table. Without a script
the buttons `add`, `up`, `down` and `remove` send the form, which comes back rearranged and unsaved: what they send is
the table (`row`) or the row (`row-2`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.forms import PageForm
from common.site.paging import row_number
from rounds.cards.table import LONGEST_LIST

REARRANGING = ("add", "up", "down", "remove")
BLANK = "__n__"  # the number of the row that the script copies


class RowForm(PageForm):
    """A row. What is typed into none of its `TYPED` fields is a blank row and left out."""

    use_required_attribute = False
    TYPED: tuple[str, ...] = ()
    ONCE = ""  # the field that no two rows may share
    SUM_OF = ""  # the field whose sum stands below, of 100
    OWN_NAME: Any = ""  # heading of a column with the `own_name` of each row
    ADD: Any = gettext_lazy("Add a row")
    ORDERED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            field.widget.attrs["data-cell"] = name

    @property
    def row_id(self) -> str:  # not `number`: in a template a field of that name would come first
        return str(self.prefix).rpartition("-")[2]

    @property
    def own_name(self) -> Any:
        return ""

    @property
    def can_be_removed(self) -> bool:
        return True

    @property
    def gaps(self) -> list[str]:
        """Columns of the table that this row has no field for."""
        return [name for name in self.base_fields if name not in self.fields]

    @property
    def is_blank(self) -> bool:
        if not self.is_bound:
            return not self.initial
        return not any(typed(self, name) for name in self.TYPED)

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def said(self, name: str) -> str:
        """What stands in a field, in words."""
        value = self.cleaned_data[name]
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))

    @classmethod
    def shown(cls, stored: Mapping[str, Any]) -> dict[str, Any]:
        """A stored row as the fields show it."""
        return dict(stored)


def typed(form: forms.Form, name: str) -> Any:
    """What was sent for a field, as its widget reads it."""
    value = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))  # type: ignore[arg-type]
    return value.strip() if isinstance(value, str) else value


def as_typed(form: forms.Form) -> dict[str, Any]:
    """Everything that was sent, unchecked: to be shown again."""
    return {name: typed(form, name) for name in form.fields}


class Rows:
    """The table: bound to what was sent, or made from stored rows. Its cells are named `<name>-<number>-<column>`."""

    def __init__(
        self, row: type[RowForm], *, name: str = "row", data: Any = None, stored: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        self.row, self.name = row, name
        self.is_bound = data is not None
        if data is None:
            self.rows = [row(prefix=f"{name}-{n}", initial=row.shown(s)) for n, s in enumerate(stored, 1)]
        else:
            self.rows = [row(data, prefix=f"{name}-{n}") for n in _numbers(data, name)]

    @property
    def blank(self) -> RowForm:
        """The row that the script copies."""
        return self.row(prefix=f"{self.name}-{BLANK}")

    @property
    def own_name(self) -> Any:
        return self.row.OWN_NAME

    @property
    def sum_of(self) -> str:
        return self.row.SUM_OF

    @property
    def add_label(self) -> Any:
        return self.row.ADD

    @property
    def ordered(self) -> bool:
        return self.row.ORDERED

    @property
    def columns(self) -> list[tuple[str, Any]]:
        """Name and heading of each column."""
        fields = self.row.base_fields.items()
        return [(name, f.label) for name, f in fields if not isinstance(f.widget, forms.HiddenInput)]

    @property
    def given(self) -> list[RowForm]:
        return [row for row in self.rows if not row.is_blank]

    def is_valid(self) -> bool:
        bad = [row for row in self.given if not row.is_valid()]  # every row is asked, so that every cell is told
        return not bad and self._stand_once()

    def _stand_once(self) -> bool:
        name = self.row.ONCE
        seen: Counter[Any] = Counter()
        for row in self.given if name else ():
            value = row.cleaned_data[name]
            seen[value] += 1
            if seen[value] == 2:
                row.add_error(name, _("“%(value)s” stands there twice.") % {"value": row.said(name)})
        return all(n == 1 for n in seen.values())

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.given]

    def tell(self, fields: Mapping[str, Iterable[str]]) -> None:
        """Put what the action refused ("row-2-label") to its cell; it counts the rows that are given."""
        for key, sentences in fields.items():
            __, n, name = key.rsplit("-", 2)
            row = self.given[int(n) - 1]
            for sentence in sentences:
                row.add_error(name if name in row.fields else None, sentence)

    def rearranged(self, data: Any) -> "Rows":
        """What was typed, unchecked, after one of REARRANGING."""
        cells = [as_typed(row) for row in self.rows]
        order = list(range(len(cells)))
        names = [str(row.prefix) for row in self.rows]
        for verb in REARRANGING:
            if (name := data.get(verb)) in names:
                order = _rearranged(order, names.index(name), verb)
        shown = [cells[n] for n in order]
        if data.get("add") == self.name and len(shown) < LONGEST_LIST:
            shown.append({})
        again = Rows(self.row, name=self.name)
        again.rows = [self.row(prefix=f"{self.name}-{n}", initial=values or None) for n, values in enumerate(shown, 1)]
        return again


def _rearranged(order: list[int], here: int, verb: str) -> list[int]:
    if verb == "remove":
        return order[:here] + order[here + 1 :]
    there = here + (-1 if verb == "up" else 1)
    if verb in {"up", "down"} and 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def _numbers(data: Any, name: str) -> list[int]:
    """The rows in the order of the page; nonsense and more rows than a table may have are left out."""
    found = (row_number(n) for n in data.getlist(name))
    return list(dict.fromkeys(n for n in found if n is not None and n < 10_000))[: LONGEST_LIST + 1]
