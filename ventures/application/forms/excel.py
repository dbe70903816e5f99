"""The tables of an application as Excel: a template with what is there, and back with errors by row. The rows pass the
same forms as those typed on the page."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.site.fields import CountField, YuanField
from common.site.row_editor import RowForm
from common.spreadsheets import Bad, Column, Hidden, Kind, read_table, write_template
from ventures.application.actions.drafts import MOST_ROWS
from ventures.application.content import ApplicationContent, form_of
from ventures.application.content.fields import Field, Slug
from ventures.application.forms.tables import ROWS, kwargs_of
from ventures.models import Venture

MOST_TOLD = 50  # errors of one file; who has more has taken the wrong file


def columns_of(table: Field) -> list[Column]:
    """The columns of a table's template: those that are typed; amounts are computed."""
    row = ROWS[table.path]
    return [
        _column(name, row.base_fields[name], table.choices.get(name, ()))
        for name in row.SHOWN
        if name in row.base_fields
    ]


def _column(name: str, field: Any, offered: Iterable[str]) -> Column:
    kind = Kind.TEXT
    if isinstance(field, YuanField):
        kind = Kind.MONEY
    elif isinstance(field, CountField):
        kind = Kind.WHOLE
    elif isinstance(field, forms.DecimalField):
        kind = Kind.NUMBER
    elif isinstance(field, forms.DateField):
        kind = Kind.DATE
    width = 28 if name in {"detail", "activity", "label", "basis", "evidence"} else 14
    return Column(name, str(field.label), kind, required=name in REQUIRED, width=width, choices=list(offered))


REQUIRED = {"name", "label", "activity", "detail"}  # the heading by which the table is found


def workbook_of(venture: Venture, path: str) -> bytes:
    """The template with the rows that are stored now."""
    form = form_of(venture.round)
    field = form.get(path)
    assert field is not None
    columns = columns_of(field)
    rows = [
        {c.key: _for_excel(c, row[c.key]) for c in columns}
        for row in ApplicationContent(venture).values(form, [path])[path]
    ]
    notes = [
        _("Fill in the table and upload it on the page “%(section)s”; it replaces the rows there.")
        % {"section": field.label},
        _("At most %(most)s rows. Sums are computed on the page.") % {"most": MOST_ROWS},
        *(form.budget.in_words if path == Slug.BUDGET else []),
    ]
    return write_template(columns, rows=rows, title=field.label, notes=notes, room_for=MOST_ROWS)


def _for_excel(column: Column, value: Any) -> Any:
    if value == "":
        return None
    if column.kind in {Kind.MONEY, Kind.NUMBER}:
        return Decimal(value)
    if column.kind is Kind.DATE:
        return date.fromisoformat(value)
    return value


class HiddenParts(Invalid):
    """Something stands in the workbook that its author does not see, and nobody has said that it is meant."""


def rows_from(upload: Any, table: Field, *, with_hidden: bool = False) -> list[dict[str, Any]]:
    """The rows of an uploaded workbook, cleaned. Raises Invalid({"file": [a sentence for each bad cell]}), HiddenParts."""
    hidden = Hidden()
    columns = columns_of(table)
    lines: list[dict[str, Any]] = []
    errors: list[str] = []
    for number, row in read_table(upload, name=upload.name, columns=columns, max_rows=MOST_ROWS, hidden=hidden):
        form, bad = _row_form(table, columns, row)
        errors += [_told(number, heading, sentence) for heading, sentence in bad]
        if form.is_valid():
            lines.append(form.cleaned_data)
        else:
            errors += _of_form(form, number, {heading for heading, _sentence in bad})
    if errors:
        more = len(errors) - MOST_TOLD
        raise Invalid(
            {"file": errors[:MOST_TOLD] + ([_("… and %(n)s more.") % {"n": more}] if more > 0 else [])}
        )  # fmt: skip
    if hidden and not with_hidden:
        raise HiddenParts({"file": hidden.told()})
    if not lines:
        raise Invalid({"file": [_("The table has no rows.")]})
    return lines


def _row_form(table: Field, columns: list[Column], row: dict[str, Any]) -> tuple[RowForm, list[tuple[str, str]]]:
    """A bound row, and the cells that could not even be read."""
    data: dict[str, str] = {}
    bad: list[tuple[str, str]] = []
    for column in columns:
        value = row[column.key]
        if isinstance(value, Bad):
            bad.append((str(column.heading), value.sentence))
        elif value is not None:
            data[column.key] = _typed(value)
    return ROWS[table.path](data, **kwargs_of(table)), bad


def _typed(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value).strip()


def _of_form(form: RowForm, number: int, told: set[str]) -> Iterator[str]:
    for name, sentences in form.errors.items():
        heading = str(form.fields[name].label) if name in form.fields else ""
        if heading not in told:
            yield from (_told(number, heading, str(s)) for s in sentences)


def _told(number: int, heading: str, sentence: str) -> str:
    return _("Row %(row)s, %(heading)s: %(sentence)s") % {"row": number, "heading": heading, "sentence": sentence}
