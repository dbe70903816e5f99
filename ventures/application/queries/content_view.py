"""An application as people read it, section by section: as it stands now, or as it was handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import filesizeformat

from common.money import ZERO, MoneyField, yuan
from ventures.application.content import ApplicationContent, Field, Form, form_of, shown
from ventures.application.content.fields import TABLES, Kind, is_asked
from ventures.application.content.values import empty, is_empty
from ventures.models import Pin, Submission, Venture

# What only those read who may call: the desk and the applicant, not the experts.
CONTACT = {"leader", "phone"}
CONTACT_COLUMNS = {"team": {"name", "phone"}}
SUMMED = {"schedule": ("sessions", "attendance"), "budget": ("amount", "from_grant", "from_own")}


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    """A cell with its column, which is its label where the table is shown as cards."""

    column: Column
    text: str


@dataclass(frozen=True)
class ShownField:
    """A field with what it says, in words (`text`) or as a table. `pin`: what the desk asks here."""

    path: str
    label: str
    kind: str
    text: str = ""
    columns: list[Column] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    totals: list[Cell] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    pin: Pin | None = None

    @property
    def is_long(self) -> bool:
        """Takes the whole width: words in sentences, tables, files."""
        return self.kind in {Kind.NARRATIVE, Kind.TABLE, Kind.FILES} or "\n" in self.text or len(self.text) > 40


@dataclass(frozen=True)
class ShownSection:
    slug: str
    label: str
    fields: list[ShownField]


def content_view(subject: Venture | Submission, *, contact: bool, pins: Iterable[Pin] = ()) -> list[ShownSection]:
    """The sections of an application, for `ventures/_content.html`. Each field is anchored there as `f-<path>`.

    Of a venture: what is stored now; of a submission: what was handed in. `contact`: with names and phones.
    `pins` (of a correction) are shown at their fields. Questions that were not put are left out.
    """
    venture = subject.venture if isinstance(subject, Submission) else subject
    form = form_of(venture.round)
    if isinstance(subject, Submission):
        values = {f["path"]: f["value"] for f in subject.content["fields"]}
    else:
        values = ApplicationContent(venture).values(form)
    return sections_of(form, values, contact=contact, pins=pins)


def sections_of(
    form: Form, values: Mapping[str, Any], *, contact: bool, pins: Iterable[Pin] = ()
) -> list[ShownSection]:
    """The same over canonical values (path → value)."""
    pinned = {pin.path: pin for pin in pins}
    answers = {f.question.pk: values.get(f.path, empty(f)) for f in form if f.question is not None}
    sections = []
    for section in form.sections:
        fields = [
            shown_field(f, values.get(f.path, empty(f)), contact=contact, pin=pinned.get(f.path))
            for f in section.fields
            if (contact or f.path not in CONTACT) and (f.question is None or is_asked(f.question, answers))
        ]
        if fields:
            sections.append(ShownSection(section.slug, section.label, fields))
    return sections


def shown_field(f: Field, value: Any, *, contact: bool, pin: Pin | None = None) -> ShownField:
    if f.kind is Kind.TABLE:
        hidden = set() if contact else CONTACT_COLUMNS.get(f.path, set())
        columns = [Column(n, label, _is_number(f.path, n)) for n, label in f.columns if n not in hidden]
        rows = [[Cell(c, _cell_text(f.path, c.name, row.get(c.name, ""))) for c in columns] for row in value]
        return ShownField(
            f.path, f.label, f.kind, columns=columns, rows=rows, totals=_totals(f, columns, value), pin=pin
        )
    if f.kind is Kind.FILES:
        files = [{**file, "size_text": filesizeformat(file["size"])} for file in value]
        return ShownField(f.path, f.label, f.kind, files=files, pin=pin)
    return ShownField(f.path, f.label, f.kind, text=_text(f, value), pin=pin)


def _text(f: Field, value: Any) -> str:
    if is_empty(value):
        return ""
    if f.path == "title":
        return f"《{value}》"
    if f.question is not None:
        return f.question.of_kind.read(value)
    return shown(f, value)


def _totals(f: Field, columns: list[Column], rows: list[dict[str, Any]]) -> list[Cell]:
    """Under the columns that can be summed; nothing for a table without rows or sums."""
    summed = SUMMED.get(f.path, ())
    if not rows or not summed:
        return []
    return [Cell(c, _sum(f.path, c.name, rows) if c.name in summed else "") for c in columns]


def _sum(table: str, name: str, rows: list[dict[str, Any]]) -> str:
    total = sum((Decimal(row.get(name) or 0) for row in rows), ZERO)
    return yuan(total) if _is_money(table, name) else f"{total.normalize():f}"


def _is_money(table: str, name: str) -> bool:
    return isinstance(TABLES[table][0]._meta.get_field(name), MoneyField)


def _is_number(table: str, name: str) -> bool:
    return TABLES[table][0]._meta.get_field(name).get_internal_type() in {
        "BigIntegerField", "DecimalField", "PositiveIntegerField",
    }  # fmt: skip


def _cell_text(table: str, name: str, value: Any) -> str:
    if value == "":
        return ""
    column = TABLES[table][0]._meta.get_field(name)
    if isinstance(column, MoneyField):
        return yuan(value)
    return str(dict(column.flatchoices).get(value, value))
