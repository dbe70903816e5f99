"""The tables of an application, row by row: team, indicators, schedule, budget."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.money import to_cents, yuan
from common.site.fields import CountField, QuantityField, YuanField, plain_digits
from common.site.forms import PageForm
from common.site.paging import row_number
from rounds.models import BudgetCategory
from ventures.application.actions.drafts import MOST_ROWS
from ventures.application.content.fields import TABLES
from ventures.application.forms.facts import PhoneField, label_of
from ventures.models import BudgetLine, Indicator, ScheduleLine, TeamMember

MOST = Decimal("999999999999.99")  # what can be typed into a field of money; price × quantity may be more


@dataclass(frozen=True)
class Cell:
    """A cell of a row as the page shows it: a field to type in, or (`out`) a number that is computed."""

    name: str
    label: Any
    bound: Any = None
    out: str = ""
    size: str = ""


def _line(model: Any, name: str) -> forms.Field:
    column = model._meta.get_field(name)
    return forms.CharField(label=column.verbose_name, max_length=column.max_length, required=False)


class RowForm(PageForm):
    """A row. A draft's row may be incomplete; a row in which nothing is typed is left out."""

    use_required_attribute = False
    model: Any
    SHOWN: tuple[str, ...] = ()  # the cells in their order; computed ones begin with "="
    SIZES: Mapping[str, str] = {}
    PRESET: frozenset[str] = frozenset()  # says nothing by itself

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": field.label, "data-cell": name, "autocomplete": "off"}
            if field.widget.attrs.get("inputmode") in {"numeric", "decimal"}:
                field.widget.attrs["class"] += " num"

    @property
    def cells(self) -> Iterator[Cell]:
        for name in self.SHOWN:
            if name.startswith("="):
                yield Cell(name[1:], label_of(self.model, name[1:]), out=name[1:])
            else:
                yield Cell(name, self.fields[name].label, bound=self[name], size=self.SIZES.get(name, ""))

    @property
    def is_blank(self) -> bool:
        given = (str(self.data.get(self.add_prefix(n), "")).strip() for n in self.fields if n not in self.PRESET)
        return not any(given)


class TeamRow(RowForm):
    model = TeamMember
    SHOWN = ("name", "education", "qualification", "part", "phone")
    name = _line(TeamMember, "name")
    education = _line(TeamMember, "education")
    qualification = _line(TeamMember, "qualification")
    part = _line(TeamMember, "part")
    phone = PhoneField(label=label_of(TeamMember, "phone"))


class TargetField(forms.DecimalField):
    """A number with two places at most; empty is 0, which is told as missing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal:  # type: ignore[override]
        number = super().to_python(plain_digits(value))
        return Decimal(0) if number is None else number


class IndicatorRow(RowForm):
    model = Indicator
    SHOWN = ("label", "target", "unit", "evidence")
    SIZES = {"label": "wide", "target": "short", "unit": "short", "evidence": "wide"}
    label = _line(Indicator, "label")
    target = TargetField(
        label=label_of(Indicator, "target"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    unit = _line(Indicator, "unit")
    evidence = _line(Indicator, "evidence")


class ScheduleRow(RowForm):
    """A line of the schedule. Without a last day it is one day."""

    model = ScheduleLine
    SHOWN = ("starts_on", "ends_on", "activity", "detail", "place", "sessions", "attendance", "responsible")
    starts_on = forms.DateField(label=label_of(ScheduleLine, "starts_on"), required=False)
    ends_on = forms.DateField(label=label_of(ScheduleLine, "ends_on"), required=False)
    activity = _line(ScheduleLine, "activity")
    detail = _line(ScheduleLine, "detail")
    place = _line(ScheduleLine, "place")
    sessions = CountField(label=label_of(ScheduleLine, "sessions"))
    attendance = CountField(label=label_of(ScheduleLine, "attendance"))
    responsible = _line(ScheduleLine, "responsible")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        cleaned["starts_on"], cleaned["ends_on"] = first or last, last or first
        return cleaned


class BudgetRow(RowForm):
    """A line: price × quantity is the amount; what is not self-raised is asked from the grant."""

    model = BudgetLine
    SHOWN = ("category", "detail", "unit_price", "quantity", "unit", "=amount", "from_own", "=from_grant", "basis")
    SIZES = {"detail": "wide", "quantity": "short", "unit": "short", "basis": "wide"}
    PRESET = frozenset({"category"})
    category = forms.ChoiceField(
        label=label_of(BudgetLine, "category"), choices=BudgetCategory.choices, initial=BudgetCategory.ACTIVITY
    )
    detail = _line(BudgetLine, "detail")
    unit_price = YuanField(label=label_of(BudgetLine, "unit_price"))
    quantity = QuantityField(label=label_of(BudgetLine, "quantity"))
    unit = _line(BudgetLine, "unit")
    from_own = YuanField(label=label_of(BudgetLine, "from_own"))
    basis = _line(BudgetLine, "basis")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"unit_price", "quantity", "from_own"} <= cleaned.keys():
            cleaned["amount"] = amount = to_cents(cleaned["unit_price"] * cleaned["quantity"])
            cleaned["from_grant"] = amount - cleaned["from_own"]
            if amount > MOST:
                self.add_error(
                    "unit_price",
                    _("Unit price × quantity is %(amount)s 元; a line has at most %(most)s 元.")
                    % {"amount": yuan(amount), "most": yuan(MOST)},
                )
            if cleaned["from_own"] > amount:
                self.add_error(
                    "from_own",
                    _("The self-raised part, %(own)s 元, is more than the amount of the line, %(amount)s 元.")
                    % {"own": yuan(cleaned["from_own"]), "amount": yuan(amount)},
                )
        return cleaned


ROWS: dict[str, type[RowForm]] = {
    "team": TeamRow,
    "indicators": IndicatorRow,
    "schedule": ScheduleRow,
    "budget": BudgetRow,
}


class Table:
    """The rows of a table as typed (`data`), or made from stored ones (canonical values)."""

    def __init__(
        self, path: str, label: Any, data: Any = None, stored: Iterable[Mapping[str, Any]] = (), locked: bool = False
    ) -> None:
        self.path, self.label, self.locked, self.is_bound = path, label, locked, data is not None
        self.form = ROWS[path]
        if data is not None:
            given = (self.form(data, prefix=f"{path}-{n}") for n in range(_row_count(data, path)))
            self.rows = [row for row in given if not row.is_blank]
        else:
            self.rows = [self.form(prefix=f"{path}-{n}", initial=_initial(path, line)) for n, line in enumerate(stored)]
        self.empty = self.form(prefix=f"{path}-__n__")
        self.most = MOST_ROWS
        if locked:
            for row in self.rows:
                for field in row.fields.values():
                    field.disabled = True

    @property
    def count(self) -> int:
        return len(self.rows) + (not self.locked)

    @property
    def shown_rows(self) -> list[RowForm]:
        """The rows, and one to go on writing in."""
        if self.locked:
            return self.rows
        return [*self.rows, self.form(prefix=f"{self.path}-{len(self.rows)}")]

    @property
    def heads(self) -> Iterator[Cell]:
        return self.empty.cells

    def is_valid(self) -> bool:
        bad = [row for row in self.rows if not row.is_valid()]  # every row is asked, so that every cell is told
        return not bad

    @property
    def cleaned(self) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in self.rows]

    @property
    def cell_errors(self) -> list[dict[str, Any]]:
        """Of bad cells: row (as sent, counted without blank ones), name of the cell, sentences."""
        return [
            {"row": n, "cell": name, "sentences": list(sentences)}
            for n, row in enumerate(self.rows)
            for name, sentences in row.errors.items()
        ]


def _initial(path: str, line: Mapping[str, Any]) -> dict[str, Any]:
    """A canonical row as it is typed: 0 of what nobody has typed is left blank."""
    model = TABLES[path][0]
    numbers = {n for n in ROWS[path].base_fields if model._meta.get_field(n).get_internal_type() != "CharField"}
    return {
        name: "" if name in numbers and line.get(name) in (0, "0", "0.00") else line.get(name)
        for name in ROWS[path].base_fields
    }


def _row_count(data: Any, path: str) -> int:
    return min(row_number(str(data.get(f"{path}-rows", "0"))) or 0, MOST_ROWS + 1)
