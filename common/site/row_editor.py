"""The row editor: a table that people type through, with a script or without. A Django formset whose rows have no identity:
the whole table is sent and the whole table is replaced.

Its columns are declared once, by the form of a row. `common/row_editor.html` renders it; `common/row_editor.js` adds, moves
and removes rows in the page and writes their order into ORDER. Without the script the buttons `<prefix>-add`, `-up`,
`-down` and `-remove` send the form, and the rows come in the new order.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django import forms
from django.forms.formsets import (
    INITIAL_FORM_COUNT,
    MAX_NUM_FORM_COUNT,
    MIN_NUM_FORM_COUNT,
    ORDERING_FIELD_NAME,
    TOTAL_FORM_COUNT,
    BaseFormSet,
    ManagementForm,
    formset_factory,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.forms import PageForm
from common.site.paging import row_number


@dataclass(frozen=True)
class Column:
    """A column: `kind` is text, number or tick, and of what is computed amount or label; `width` is short, wide or
    nothing; `only_for`: the kinds of row that have it."""

    name: str
    label: Any
    kind: str
    width: str = ""
    help: Any = ""
    only_for: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "amount"}


@dataclass(frozen=True)
class Cell:
    """A cell of a row: a field to type in, or a text that is computed. A row may lack a field: then it is empty."""

    column: Column
    bound: Any
    text: Any = ""


class RowForm(PageForm):
    """A row. One in which nothing is typed is left out."""

    SHOWN: tuple[str, ...] = ()  # the columns in their order; none: all that are typed
    COMPUTED: Mapping[str, tuple[Any, str]] = {}  # computed column → its label and kind
    WIDTHS: Mapping[str, str] = {}
    PRESET: frozenset[str] = frozenset()  # fields that say nothing by themselves
    ONLY_FOR: Mapping[str, Collection[str]] = {}  # column → the kinds (values of the field `kind`) of row that have it
    ONCE = ""  # the field that no two rows may share

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            attrs = field.widget.attrs
            attrs |= {"aria-label": field.label, "data-cell": name, "autocomplete": "off"}
            if name in self.PRESET:
                attrs["data-preset"] = True
            if _kind(field) == "number":
                attrs["class"] += " num"

    @property
    def index(self) -> str:
        """The number in the names of the row's fields; it says nothing about its place."""
        return str(self.prefix).rpartition("-")[2]

    @classmethod
    def columns(cls) -> list[Column]:
        fields = cls.base_fields
        shown = cls.SHOWN or [name for name, field in fields.items() if not isinstance(field.widget, forms.HiddenInput)]
        return [cls._column(name) for name in shown]

    @classmethod
    def _column(cls, name: str) -> Column:
        if name in cls.COMPUTED:
            return Column(name, *cls.COMPUTED[name])
        field = cls.base_fields[name]
        only_for = " ".join(cls.ONLY_FOR.get(name, ()))
        return Column(name, field.label, _kind(field), cls.WIDTHS.get(name, ""), field.help_text, only_for)

    @property
    def cells(self) -> Iterable[Cell]:
        for column in self.columns():
            if column.name in self.COMPUTED:
                yield Cell(column, None, getattr(self, column.name, ""))
            else:
                yield Cell(column, self[column.name] if column.name in self.fields else None)

    @property
    def is_removable(self) -> bool:
        return True

    @property
    def is_blank(self) -> bool:
        return not any(self._typed(name) for name in self.fields if name not in {*self.PRESET, ORDERING_FIELD_NAME})

    def has_changed(self) -> bool:
        """A blank row is no row, whatever is preset in it: a formset asks nothing of it."""
        return not self.is_blank

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != ORDERING_FIELD_NAME}

    @property
    def typed(self) -> dict[str, Any]:
        """Everything that was sent, unchecked: to be shown again."""
        fields = self.fields.items()
        return {name: self._typed(name) for name, f in fields if name != ORDERING_FIELD_NAME and not f.disabled}

    def _typed(self, name: str) -> Any:
        value: Any = self[name].data
        return value.strip() if isinstance(value, str) else value

    def said(self, name: str) -> str:
        """What stands in a field, in words."""
        value = self.cleaned_data[name]
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))


def _kind(field: forms.Field) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return "tick"
    return "number" if field.widget.attrs.get("inputmode") in {"numeric", "decimal"} else "text"


class PlaceField(forms.Field):
    """The place of a row in the order; nonsense is no place."""

    widget = forms.HiddenInput(attrs={"data-order": True})

    def to_python(self, value: Any) -> int | None:
        return row_number(str(value))


class RowEditor(BaseFormSet):  # type: ignore[type-arg]
    """The table: bound to what was sent, or made from stored rows (`initial`)."""

    default_error_messages = {
        "too_many_forms": gettext_lazy("A table has at most %(num)s rows."),
        "missing_management_form": gettext_lazy("The table arrived incomplete. Reload the page and send it again."),
    }
    title: Any = ""
    hint: Any = ""
    add_label: Any = gettext_lazy("Add a row")
    is_numbered = False  # each row shows its place
    locked = False

    # --- What a formset asks for ---

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_order:
            form.fields[ORDERING_FIELD_NAME] = PlaceField(required=False, initial=None if index is None else index + 1)
        if self.locked:
            for field in form.fields.values():
                field.disabled = True

    def is_valid(self) -> bool:
        """A row that was just removed is not asked."""
        problems = self.non_form_errors()  # asks every row, and the table as a whole
        return self.is_bound and not problems and not any(row.errors for row in self.given)

    def clean(self) -> None:
        """No two rows share what their form says is there once."""
        name = self.form.ONCE
        seen: Counter[Any] = Counter()
        for row in self.given if name else ():
            if (value := row.cleaned_data.get(name)) is not None:
                seen[value] += 1
                if seen[value] == 2:
                    row.add_error(name, _("“%(value)s” stands there twice.") % {"value": row.said(name)})

    # --- The rows ---

    @cached_property
    def rows(self) -> list[Any]:
        """All rows in the order of the page, after the button that was pressed."""
        rows = list(self.forms)
        if self.is_bound and self.can_order:
            places = {row: row_number(str(row[ORDERING_FIELD_NAME].data or "")) for row in rows}
            rows.sort(key=lambda row: (places[row] is None, places[row] or 0))
        verb, index = self.pressed
        here = next((n for n, row in enumerate(rows) if row.index == index), None)
        if here is not None and verb == "remove" and rows[here].is_removable:
            del rows[here]
        elif here is not None and verb in {"up", "down"}:
            there = here + (-1 if verb == "up" else 1)
            if 0 <= there < len(rows):
                rows[here], rows[there] = rows[there], rows[here]
        return rows

    @property
    def given(self) -> list[Any]:
        """The rows that say something, as they are stored, refused and counted."""
        return [row for row in self.rows if not row.is_blank]

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.given]

    @property
    def cell_errors(self) -> list[dict[str, Any]]:
        """Of bad cells: row (its place among those given), name of the cell, sentences."""
        return [
            {"row": n, "cell": name, "sentences": list(sentences)}
            for n, row in enumerate(self.given)
            for name, sentences in row.errors.items()
        ]

    # --- Buttons without a script ---

    @property
    def pressed(self) -> tuple[str, str]:
        """Which button of this table sent the form, and the index of its row."""
        for verb in ("add", "up", "down", "remove"):
            if self.is_bound and (index := self.data.get(f"{self.prefix}-{verb}")) is not None:
                return verb, str(index)
        return "", ""

    def rearranged(self) -> Self:
        """The rows as typed, unchecked, in their new order; a new one if that was asked for."""
        typed = [row.typed for row in self.rows]
        if self.pressed[0] == "add" and len(typed) < self.max_num:
            typed.append({})
        return type(self)(initial=typed, prefix=self.prefix)

    # --- What the template shows ---

    @property
    def columns(self) -> list[Column]:
        return self.form.columns()  # type: ignore[no-any-return]

    @cached_property
    def shown_rows(self) -> list[Any]:
        """What was given comes back without its gaps and with as many rows to go on in as a fresh table has."""
        if not self.is_bound:
            return self.forms  # type: ignore[no-any-return]
        free = range(self.total_form_count(), self.total_form_count() + self.extra)
        fresh = [self._fresh(n) for n in free if len(self.given) < self.max_num]
        return [*self.given, *fresh]

    def _fresh(self, index: int) -> Any:
        row = self.form(prefix=self.add_prefix(index), auto_id=self.auto_id, use_required_attribute=False)
        self.add_fields(row, index)
        return row

    @property
    def shown_management_form(self) -> ManagementForm:
        """Of the rows that are shown, which may be more than were sent."""
        total = max((int(row.index) + 1 for row in self.shown_rows), default=0)
        counts = {
            TOTAL_FORM_COUNT: total,
            INITIAL_FORM_COUNT: 0,
            MIN_NUM_FORM_COUNT: 0,
            MAX_NUM_FORM_COUNT: self.max_num,
        }
        return ManagementForm(auto_id=False, prefix=self.prefix, initial=counts)


def row_editor(
    row: type[RowForm],
    base: type[RowEditor] = RowEditor,
    *,
    most: int,
    extra: int = 0,
    is_ordered: bool = True,
    **said: Any,
) -> type[Any]:
    """The class of a table of such rows, at most `most` of them. `extra`: blank rows to begin with; `said`: its words."""
    made = formset_factory(
        # One row above the limit is read, so that the action can say that it is too many.
        row, base, extra=extra, can_order=is_ordered, max_num=most, absolute_max=most + 1,
    )  # fmt: skip
    return type(made.__name__, (made,), dict(said))
