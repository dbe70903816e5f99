"""The tables of an application, row by row: team, indicators, schedule, budget."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import to_cents, yuan
from common.site.fields import CountField, DayField, PhoneField, QuantityField, YuanField, plain_digits
from common.site.row_editor import RowEditor, RowForm, row_editor
from ventures.application.actions.drafts import MOST_ROWS
from ventures.application.content.fields import TABLES, Field
from ventures.application.forms.facts import label_of
from ventures.models import BudgetLine, Indicator, ScheduleLine, TeamMember

MOST = Decimal("999999999999.99")  # what can be typed into a field of money; price × quantity may be more


def _line(model: Any, name: str) -> forms.Field:
    column = model._meta.get_field(name)
    return forms.CharField(label=column.verbose_name, max_length=column.max_length, required=False)


class TableRow(RowForm):
    """A row of a table of the model. A draft's row may be incomplete. `choices`: field → what the round offers in it."""

    model: Any

    def __init__(self, *args: Any, choices: Mapping[str, Iterable[str]] = MappingProxyType({}), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = [("", gettext_lazy("Please choose")), *((o, o) for o in offered)]  # type: ignore[attr-defined]


class TeamRow(TableRow):
    model = TeamMember
    SHOWN = ("name", "education", "qualification", "part", "phone")
    name = _line(TeamMember, "name")
    education = _line(TeamMember, "education")
    qualification = _line(TeamMember, "qualification")
    part = _line(TeamMember, "part")
    phone = PhoneField(label=label_of(TeamMember, "phone"), required=False)


class TargetField(forms.DecimalField):
    """A number with two places at most; empty is 0, which is told as missing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal:  # type: ignore[override]
        number = super().to_python(plain_digits(value))
        return Decimal(0) if number is None else number


class IndicatorRow(TableRow):
    model = Indicator
    SHOWN = ("label", "target", "unit", "evidence")
    WIDTHS = {"label": "wide", "target": "short", "unit": "short", "evidence": "wide"}
    label = _line(Indicator, "label")
    target = TargetField(
        label=label_of(Indicator, "target"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    unit = _line(Indicator, "unit")
    evidence = _line(Indicator, "evidence")


class ScheduleRow(TableRow):
    """A line of the schedule. Without a last day it is one day."""

    model = ScheduleLine
    SHOWN = ("starts_on", "ends_on", "activity", "detail", "place", "sessions", "attendance", "responsible")
    starts_on = DayField(label=label_of(ScheduleLine, "starts_on"), required=False)
    ends_on = DayField(label=label_of(ScheduleLine, "ends_on"), required=False)
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


class BudgetRow(TableRow):
    """A line: price × quantity is the amount; what is not self-raised is asked from the grant."""

    model = BudgetLine
    SHOWN = ("head", "detail", "unit_price", "quantity", "unit", "amount", "from_own", "from_grant", "basis")
    COMPUTED = {name: (label_of(BudgetLine, name), "amount") for name in ("amount", "from_grant")}
    WIDTHS = {"detail": "wide", "quantity": "short", "unit": "short", "basis": "wide"}
    PRESET = frozenset({"head"})
    head = forms.ChoiceField(label=label_of(BudgetLine, "head"), required=False)
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


ROWS: dict[str, type[TableRow]] = {
    "team": TeamRow,
    "indicators": IndicatorRow,
    "schedule": ScheduleRow,
    "budget": BudgetRow,
}


def kwargs_of(field: Field) -> dict[str, Any]:
    """What a row of the table is made with beside its data."""
    return {"choices": field.choices} if field.choices else {}


class Table(RowEditor):
    """The rows of a table as typed (`data`), or made from stored ones (canonical values)."""

    def __init__(
        self, field: Field, data: Any = None, stored: Iterable[Mapping[str, Any]] = (), locked: bool = False
    ) -> None:
        self.title, self.locked = field.label, locked
        if locked:
            self.extra = 0
        initial = [_initial(field.path, line) for line in stored]
        super().__init__(data, prefix=field.path, initial=initial, form_kwargs=kwargs_of(field))


HINTS = {
    "budget": gettext_lazy("Amount = unit price × quantity. What is not self-raised is asked from the grant."),
}
# One blank row to go on writing in.
EDITORS = {
    path: row_editor(row, Table, most=MOST_ROWS, extra=1, hint=HINTS.get(path, "")) for path, row in ROWS.items()
}


def table_of(field: Field, **given: Any) -> Table:
    """The table of a field; `given` as for Table."""
    return EDITORS[field.path](field, **given)


def _initial(path: str, line: Mapping[str, Any]) -> dict[str, Any]:
    """A canonical row as it is typed: 0 of what nobody has typed is left blank."""
    model = TABLES[path][0]
    numbers = {n for n in ROWS[path].base_fields if model._meta.get_field(n).get_internal_type() != "CharField"}
    return {
        name: "" if name in numbers and line.get(name) in (0, "0", "0.00") else line.get(name)
        for name in ROWS[path].base_fields
    }
